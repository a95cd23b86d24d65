INSERT INTO runs (job_id, id, tenant, turn, executor, cause, status, reason, first_slot, last_slot, slot_count, due_at, created_at, started_at, ready_at, waits, waits_for,
    attempt, failures, lost_starts, token, token_void, owner, node, claim_number, job_version, message, error_type, error_message, error_detail,
    failure_status, failure_reason, cancel_requested_at, cancel_reason, idempotency_key, phase, done, total, events, event_bytes, trace_parent)
VALUES ($job_id, $id, $tenant, $turn, $executor, $cause, $status, $reason, $first_slot, $last_slot, $slot_count, $due_at, $created_at, $started_at, $ready_at, $waits, $waits_for,
    $attempt, $failures, $lost_starts, $token, $token_void, $owner, $node, $claim_number, $job_version, $message, $error_type, $error_message, $error_detail,
    $failure_status, $failure_reason, $cancel_requested_at, $cancel_reason, $idempotency_key, $phase, $done, $total, $events, $event_bytes, $trace_parent);
