-- Executors that jobs name and no process has.
with recursive named as (
    (select executor from {schema}.turns order by executor limit 1)
    union all
    select (select t.executor from {schema}.turns t where t.executor > named.executor order by t.executor limit 1) from named where named.executor is not null
)
select executor from named
where executor is not null
    and not exists (select from {schema}.processes p where named.executor = any (p.executors))
    and exists (
        select from {schema}.turns t join {schema}.due d on d.tenant = t.tenant and d.executor = t.executor
        where t.executor = named.executor and not d.is_deleted
    )
order by executor;
