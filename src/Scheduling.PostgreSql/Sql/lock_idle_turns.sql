-- Locks turns that may have lost their last job. Whoever makes a job brings its turn forward, so that its turn is locked until the job can be seen. $1 tenants  $2 executors
select t.tenant, t.executor
from unnest($1::text[], $2::text[]) as u (tenant, executor)
join {schema}.turns t on t.tenant = u.tenant and t.executor = u.executor
for update of t skip locked;
