-- Whether results were written before. $1 executions
select e.run_id, e.token, e.is_token_void from {schema}.executions e where e.run_id = any ($1);
