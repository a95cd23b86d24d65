SELECT turn_at FROM turns WHERE executor = $executor AND turn_at > $now ORDER BY turn_at LIMIT 1;
