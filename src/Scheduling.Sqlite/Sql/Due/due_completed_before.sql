SELECT job_id, open, last_run_ended_at
FROM due
WHERE completed_at < $bound
ORDER BY completed_at
LIMIT $count;
