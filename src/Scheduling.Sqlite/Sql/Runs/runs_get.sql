SELECT r.job_id, r.id, r.tenant, r.executor, r.cause, r.status, r.reason, r.first_slot, r.last_slot, r.slot_count, r.due_at, r.created_at, r.started_at, r.ready_at, r.waits, r.waits_for,
    r.attempt, r.failures, r.lost_starts, r.token, r.token_void, r.owner, r.node, r.claim_number, r.job_version, r.message, r.error_type, r.error_message, r.error_detail,
    r.failure_status, r.failure_reason, r.cancel_requested_at, r.cancel_reason, r.idempotency_key, r.phase, r.done, r.total, r.events, r.event_bytes, r.trace_parent, j.key
FROM runs r
JOIN jobs j ON j.id = r.job_id AND j.deleted = 0
WHERE r.tenant = $tenant AND r.id = $id;
