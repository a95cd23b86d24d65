DELETE FROM executions
WHERE rowid IN (SELECT rowid FROM executions WHERE job_id = $job_id LIMIT $count);
