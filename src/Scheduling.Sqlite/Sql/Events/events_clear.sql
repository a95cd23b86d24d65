DELETE FROM run_events WHERE execution_id = $execution_id;
