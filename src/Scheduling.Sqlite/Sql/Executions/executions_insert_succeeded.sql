-- What most runs come to.
INSERT INTO executions (id, job_id, tenant, executor, cause, status, reason, first_slot, last_slot, slot_count, due_at, created_at, started_at, ended_at,
    attempt, token, token_void, owner, node, job_version, message, events)
VALUES ($id, $job_id, $tenant, $executor, $cause, 3, 0, $first_slot, $last_slot, $slot_count, $due_at, $created_at, $started_at, $ended_at,
    $attempt, $token, 0, $owner, $node, $job_version, $message, 0);
