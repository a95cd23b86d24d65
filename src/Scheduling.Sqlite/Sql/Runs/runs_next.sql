-- The earliest ready executions of a turn.
SELECT job_id, id
FROM runs
WHERE turn = $turn AND ready_at <= $now
ORDER BY ready_at, job_id, id
LIMIT $count;
