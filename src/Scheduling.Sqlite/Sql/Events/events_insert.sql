INSERT INTO run_events (execution_id, number, reported_at, attempt, level, name, text)
VALUES ($execution_id, $number, $reported_at, $attempt, $level, $name, $text)
ON CONFLICT DO NOTHING;
