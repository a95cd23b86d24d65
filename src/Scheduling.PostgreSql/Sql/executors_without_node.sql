-- Executors that jobs name and no process has. One job of one turn is enough to know: limits keep the planner from reading all of them instead.
with recursive named as (
    (select executor from {schema}.turns order by executor limit 1)
    union all
    select (select t.executor from {schema}.turns t where t.executor > named.executor order by t.executor limit 1) from named where named.executor is not null
), absent as materialized (
    select executor from named
    where executor is not null and not exists (select from {schema}.processes p where named.executor = any (p.executors))
)
select absent.executor
from absent
cross join lateral (
    select 1 from {schema}.turns t
    cross join lateral (select 1 from {schema}.due d where d.tenant = t.tenant and d.executor = t.executor and not d.is_deleted limit 1) job
    where t.executor = absent.executor
    limit 1
) work
order by absent.executor;
