-- Removes executions that have ended. $1 executions
delete from {schema}.runs where run_id = any ($1);
