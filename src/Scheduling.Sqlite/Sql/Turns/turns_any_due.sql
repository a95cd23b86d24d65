SELECT 1 FROM turns WHERE executor = $executor AND turn_at <= $now LIMIT 1;
