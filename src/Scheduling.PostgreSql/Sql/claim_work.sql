-- Locks the turns that have come, oldest first, and of each the jobs of its pending runs and its due jobs, at most its share. What others have locked is skipped: a claim never waits.
-- One row for each job, with its turn; a turn without any has one row with null for the job. A job with both a pending run and a due slot may be there twice.
-- Jobs are locked as they are read, turn by turn, and not many more than there are places: the limit at the end leaves the rest alone. Whole shares may go beyond the places a little.
-- Behind the turns of each executor that may have any number of places come some that may have one, of tenants with nothing running here: the places that are kept for these.
-- $1 now (null in the first statement of a transaction)  $2 executors  $3 the most turns of each  $4 free places but for those that are kept  $5 least share of a turn  $6 tenants to leave out
-- $7 tenants whose held turns are served too, because a place of theirs became free  $8 of each executor, the most turns that may have one place  $9 kept places  $10 tenants that may have none of them
with lane as materialized (
    select l.executor, l.most, l.single
    from unnest($2::text[], $3::integer[], $8::integer[]) as l (executor, most, single)
    where not exists (
        select from {schema}.pauses p
        where p.tenant = '' and p.executor = l.executor and p.resumed_at is null and (p.until is null or p.until > coalesce($1, now()))
    )
), locked as materialized (
    select t.*, row_number() over (partition by t.executor order by t.turn_at) > lane.most as is_single
    from lane
    cross join lateral (
        select tenant, executor, turn_at, held_since, is_limited
        from {schema}.turns
        where executor = lane.executor and turn_at <= coalesce($1, now()) and tenant <> all ($6)
        order by turn_at
        limit lane.most + lane.single
        for update skip locked
    ) t
), turn as materialized (
    select * from locked where not is_single or tenant <> all ($10)
    union all
    select *, false
    from (
        select tenant, executor, turn_at, held_since, is_limited
        from {schema}.turns
        where tenant = any ($7) and executor in (select executor from lane) and held_since is not null and (turn_at is null or turn_at > coalesce($1, now()))
        for update skip locked
    ) held
), share as materialized (
    select greatest($5, ceil($4::numeric / greatest(1, count(*))))::integer as most from turn where not is_single
), limits as materialized (
    select *
    from {schema}.tenants
    where tenant in (select tenant from turn where is_limited)
    for update skip locked
)
select turn.tenant, turn.executor, turn.turn_at, turn.held_since, turn.is_limited,
       limits.tenant, limits.running, limits.maximum_running, limits.rate_runs, limits.rate_per, limits.rate_full_at,
       mine.most, d.job_id, {due_columns}, {job_columns}
from turn
cross join share
cross join lateral (select case when turn.is_single then 1 else share.most end as most) mine
left join limits on turn.is_limited and limits.tenant = turn.tenant
left join lateral (
    select ready.*
    from (
        select distinct r.job_id
        from (
            select job_id from {schema}.runs
            where tenant = turn.tenant and executor = turn.executor and ready_at <= coalesce($1, now())
            order by ready_at limit mine.most
        ) r
    ) pending
    cross join lateral (select * from {schema}.due where job_id = pending.job_id for update skip locked) ready
    where ready.tenant = turn.tenant and ready.executor = turn.executor
    union all
    select *
    from (
        select * from {schema}.due
        where tenant = turn.tenant and executor = turn.executor and due_at <= coalesce($1, now())
        order by due_at limit mine.most
        for update skip locked
    ) due
) d on true
left join {schema}.jobs j on j.job_id = d.job_id
limit $4::bigint + $9 + $5;
