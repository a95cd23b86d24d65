-- One page of a tenant's open executions, newest first. $1 tenant  $2 job or null  $3 statuses or null  $4 before  $5 size  $6 executor or null
select {run_columns}, j.key from {schema}.runs r join {schema}.jobs j on j.job_id = r.job_id
where r.tenant = $1 and ($2 is null or r.job_id = $2) and ($3 is null or r.status = any ($3)) and ($6 is null or r.executor = $6) and r.run_id < $4 and j.deleted_at is null
order by r.run_id desc
limit $5;
