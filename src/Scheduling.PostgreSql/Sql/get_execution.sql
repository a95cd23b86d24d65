-- One ended execution. $1 tenant  $2 execution
select {execution_columns}, j.key from {schema}.executions e join {schema}.jobs j on j.job_id = e.job_id
where e.run_id = $2 and e.tenant = $1 and j.deleted_at is null;
