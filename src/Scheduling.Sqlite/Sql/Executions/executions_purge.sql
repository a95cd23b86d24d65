DELETE FROM executions WHERE rowid <= $last AND ended_at < $bound;
