SELECT e.job_id, e.id, e.tenant, e.executor, e.cause, e.status, e.reason, e.first_slot, e.last_slot, e.slot_count, e.due_at, e.created_at, e.started_at, e.ended_at,
    e.attempt, e.token, e.owner, e.node, e.job_version, e.message, e.error_type, e.error_message, e.error_detail, e.cancel_requested_at, e.cancel_reason, e.phase, e.done, e.total, e.events, j.key
FROM executions e
JOIN jobs j ON j.id = e.job_id AND j.deleted = 0
WHERE e.job_id = $job_id AND e.id < $before AND ($statuses = 0 OR $statuses & (1 << e.status)) AND ($executor IS NULL OR e.executor = $executor)
ORDER BY e.id DESC
LIMIT $size;
