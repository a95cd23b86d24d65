-- Executions whose process is lost, found without a lock. $1 now or null  $2 the sweeping process  $3 how many
select r.job_id, r.tenant, r.owner, r.run_id
from {schema}.processes p join {schema}.runs r on r.owner = p.owner and r.status = 2
where p.lease_until <= coalesce($1, now()) and p.owner <> $2
limit $3;
