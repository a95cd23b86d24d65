UPDATE runs
SET turn = $turn, executor = $executor, cause = $cause, status = $status, reason = $reason, first_slot = $first_slot, last_slot = $last_slot, slot_count = $slot_count,
    due_at = $due_at, created_at = $created_at, started_at = $started_at, ready_at = $ready_at, waits = $waits, waits_for = $waits_for, attempt = $attempt,
    failures = $failures, lost_starts = $lost_starts, token = $token, token_void = $token_void, owner = $owner, node = $node, claim_number = $claim_number,
    job_version = $job_version, message = $message, error_type = $error_type, error_message = $error_message, error_detail = $error_detail,
    failure_status = $failure_status, failure_reason = $failure_reason, cancel_requested_at = $cancel_requested_at, cancel_reason = $cancel_reason,
    idempotency_key = $idempotency_key, phase = $phase, done = $done, total = $total, events = $events, event_bytes = $event_bytes, trace_parent = $trace_parent
WHERE job_id = $job_id AND id = $id;
