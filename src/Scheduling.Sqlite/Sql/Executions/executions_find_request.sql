SELECT id FROM executions WHERE job_id = $job_id AND idempotency_key = $key ORDER BY id DESC LIMIT 1;
