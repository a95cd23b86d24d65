-- The rows written first, and whether they have grown since.
SELECT rowid, ended_at, ended_at > created_at AND attempt = 0 AND status IN (9, 10)
FROM executions
ORDER BY rowid
LIMIT $count;
