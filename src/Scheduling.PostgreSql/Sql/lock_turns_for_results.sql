-- Locks the turns that results may bring forward: all of tenants with limits, and those of jobs whose runs become pending.
-- What is read of due is only a guess made without a lock; the caller sees when it was wrong. $1 tenants  $2 jobs with runs that become pending
select t.tenant, t.executor
from {schema}.turns t
where (t.tenant, t.executor) in (
    select n.tenant, n.executor from {schema}.turns n where n.tenant = any ($1) and n.is_limited
    union
    select d.tenant, d.executor from {schema}.due d where d.job_id = any ($2)
)
order by t.tenant, t.executor
for update;
