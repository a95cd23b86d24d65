DELETE FROM executions
WHERE rowid IN (SELECT rowid FROM executions WHERE tenant = $tenant ORDER BY id LIMIT $count);
