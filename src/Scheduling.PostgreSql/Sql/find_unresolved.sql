-- Jobs that have been due for long and whose executor nobody has. $1 now or null  $2 how long, in microseconds; a process whose lease ended no longer ago counts still  $3 the sweeping process  $4 how many
with recursive at as materialized (
    select coalesce($1, now()) - $2 * interval '1 microsecond' as bound
), named as (
    (select executor from {schema}.turns order by executor limit 1)
    union all
    select (select t.executor from {schema}.turns t where t.executor > named.executor order by t.executor limit 1) from named where named.executor is not null
)
select d.job_id, d.tenant
from named
cross join at
cross join lateral (select tenant, executor from {schema}.turns where executor = named.executor and turn_at <= at.bound order by turn_at limit $4) t
cross join lateral (
    select job_id, tenant from {schema}.due
    where tenant = t.tenant and executor = t.executor and due_at <= at.bound and paused_since is null
    order by due_at limit $4
) d
where not exists (
        select from {schema}.pauses q
        where q.tenant = '' and q.executor = named.executor and q.resumed_at is null and (q.until is null or q.until > coalesce($1, now()))
    )
    and not exists (select from {schema}.processes p where named.executor = any (p.executors) and (p.owner = $3 or p.lease_until > at.bound))
limit $4;
