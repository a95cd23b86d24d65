SELECT ended_at FROM executions WHERE job_id = $job_id ORDER BY id DESC LIMIT 1;
