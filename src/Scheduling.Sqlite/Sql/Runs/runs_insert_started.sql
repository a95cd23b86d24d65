-- An execution that starts at once, for the first time: nothing has happened to it yet.
INSERT INTO runs (job_id, id, tenant, turn, executor, cause, status, reason, first_slot, last_slot, slot_count, due_at, created_at, started_at, waits,
    attempt, failures, lost_starts, token, token_void, owner, node, claim_number, job_version, failure_status, failure_reason, events, event_bytes)
VALUES ($job_id, $id, $tenant, $turn, $executor, $cause, 2, 0, $first_slot, $last_slot, $slot_count, $due_at, $created_at, $started_at, 0,
    1, 0, 1, $token, 0, $owner, $node, $claim_number, $job_version, $failure_status, $failure_reason, 0, 0);
