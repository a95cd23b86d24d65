-- Parked jobs of executors that somebody has now. $1 executors  $2 how many
select job_id, tenant from {schema}.due where fault_reason = 4 and executor = any ($1) limit $2;
