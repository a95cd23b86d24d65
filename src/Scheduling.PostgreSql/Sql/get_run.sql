-- One open execution. $1 tenant  $2 execution
select {run_columns}, j.key from {schema}.runs r join {schema}.jobs j on j.job_id = r.job_id
where r.run_id = $2 and r.tenant = $1 and j.deleted_at is null;
