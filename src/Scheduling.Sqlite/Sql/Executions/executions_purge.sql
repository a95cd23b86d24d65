DELETE FROM executions
WHERE rowid IN (SELECT rowid FROM executions WHERE ended_at < $bound ORDER BY ended_at LIMIT $count);
