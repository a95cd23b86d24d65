-- One page of a job's history, newest first. $1 job  $2 statuses or null  $3 before  $4 size  $5 executor or null
select {execution_columns}, j.key from {schema}.executions e join {schema}.jobs j on j.job_id = e.job_id
where e.job_id = $1 and ($2 is null or e.status = any ($2)) and ($5 is null or e.executor = $5) and e.run_id < $3 and j.deleted_at is null
order by e.run_id desc
limit $4;
