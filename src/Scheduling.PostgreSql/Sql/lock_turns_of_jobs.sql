-- Locks the turns of jobs. What is read of due is only a guess made without a lock; the caller sees when it was wrong. $1 jobs
select t.tenant, t.executor
from {schema}.turns t
where (t.tenant, t.executor) in (select d.tenant, d.executor from {schema}.due d where d.job_id = any ($1))
order by t.tenant, t.executor
for update;
