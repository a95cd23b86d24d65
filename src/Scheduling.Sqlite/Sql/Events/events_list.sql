SELECT number, reported_at, attempt, level, name, text
FROM run_events
WHERE execution_id = $execution_id AND number > $after
ORDER BY number
LIMIT $size;
