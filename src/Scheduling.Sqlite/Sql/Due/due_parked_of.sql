SELECT d.job_id
FROM turns t
JOIN due d ON d.turn = t.id
WHERE t.executor = $executor AND d.fault_reason = 4
LIMIT $count;
