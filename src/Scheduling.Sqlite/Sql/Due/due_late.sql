-- Jobs that have been due since before a time, of an executor that nobody has.
SELECT d.job_id
FROM turns t
JOIN due d ON d.turn = t.id
WHERE t.executor = $executor AND t.turn_at <= $bound AND d.due_at <= $same_bound AND d.pause_since IS NULL
LIMIT $count;
