-- Locks the turns that have come, oldest first, and of each the jobs of its pending runs and its due jobs, at most its share. What others have locked is skipped: a claim never waits.
-- One row for each job, with its turn; a turn without any has one row with null for the job. A job with both a pending run and a due slot may be there twice.
-- Jobs are locked as they are read, turn by turn, and no more than there are places: the limit at the end leaves the rest alone.
-- $1 now (null in the first statement of a transaction)  $2 executors  $3 the most turns of each  $4 free places  $5 least share of a turn  $6 tenants to leave out
-- $7 tenants whose held turns are served too, because a place of theirs became free
with lane as materialized (
    select l.executor, l.most
    from unnest($2::text[], $3::integer[]) as l (executor, most)
    where not exists (
        select from {schema}.pauses p
        where p.tenant = '' and p.executor = l.executor and p.resumed_at is null and (p.until is null or p.until > coalesce($1, now()))
    )
), turn as materialized (
    select t.*
    from lane
    cross join lateral (
        select tenant, executor, turn_at, held_since, is_limited
        from {schema}.turns
        where executor = lane.executor and turn_at <= coalesce($1, now()) and tenant <> all ($6)
        order by turn_at
        limit lane.most
        for update skip locked
    ) t
    union all
    select *
    from (
        select tenant, executor, turn_at, held_since, is_limited
        from {schema}.turns
        where tenant = any ($7) and executor in (select executor from lane) and held_since is not null and (turn_at is null or turn_at > coalesce($1, now()))
        for update skip locked
    ) held
), share as materialized (
    select greatest($5, ceil($4::numeric / greatest(1, count(*))))::integer as most from turn
), limits as materialized (
    select *
    from {schema}.tenants
    where tenant in (select tenant from turn where is_limited)
    for update skip locked
)
select turn.tenant, turn.executor, turn.turn_at, turn.held_since, turn.is_limited,
       limits.tenant, limits.running, limits.maximum_running, limits.rate_runs, limits.rate_per, limits.rate_full_at,
       share.most, d.job_id, {due_columns}, {job_columns}
from turn
cross join share
left join limits on turn.is_limited and limits.tenant = turn.tenant
left join lateral (
    select ready.*
    from (
        select distinct r.job_id
        from (
            select job_id from {schema}.runs
            where tenant = turn.tenant and executor = turn.executor and ready_at <= coalesce($1, now())
            order by ready_at limit share.most
        ) r
    ) pending
    cross join lateral (select * from {schema}.due where job_id = pending.job_id for update skip locked) ready
    where ready.tenant = turn.tenant and ready.executor = turn.executor
    union all
    select *
    from (
        select * from {schema}.due
        where tenant = turn.tenant and executor = turn.executor and due_at <= coalesce($1, now())
        order by due_at limit share.most
        for update skip locked
    ) due
) d on true
left join {schema}.jobs j on j.job_id = d.job_id
limit $4;
