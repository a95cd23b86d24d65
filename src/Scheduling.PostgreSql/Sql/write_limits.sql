-- Writes a tenant's limits and counts what it has running. A rate that is set anew begins with a full bucket. $1 tenant  $2 maximum running  $3 runs of the rate  $4 its time in nanoseconds
update {schema}.tenants
set maximum_running = $2, rate_runs = $3, rate_per = $4,
    rate_full_at = case when rate_runs = $3 and rate_per = $4 then rate_full_at end,
    running = (select count(*) from {schema}.runs r where r.tenant = $1 and r.status = 2)
where tenant = $1;
