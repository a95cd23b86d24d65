-- Removes what executions reported. $1 executions
delete from {schema}.run_events where run_id = any ($1);
