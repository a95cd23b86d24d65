INSERT INTO executions (id, job_id, tenant, executor, cause, status, reason, first_slot, last_slot, slot_count, due_at, created_at, started_at, ended_at,
    attempt, token, token_void, owner, node, job_version, message, error_type, error_message, error_detail, cancel_requested_at, cancel_reason, idempotency_key, phase, done, total, events)
VALUES ($id, $job_id, $tenant, $executor, $cause, $status, $reason, $first_slot, $last_slot, $slot_count, $due_at, $created_at, $started_at, $ended_at,
    $attempt, $token, $token_void, $owner, $node, $job_version, $message, $error_type, $error_message, $error_detail, $cancel_requested_at, $cancel_reason, $idempotency_key, $phase, $done, $total, $events);
