-- One page of a tenant's jobs as people see them. The order, and what comes after the last job of the page before, are put in by the caller from a closed table.
-- $1 now or null  $2 tenant  $3 key prefix  $4 part of the name  $5 executor  $6 state  $7 active  $8 paused  $9 overdue  $10 status of the last run  $11, $12, $13 id, text and time of the last job of the page before  $14 size
with wide as materialized (
    select p.executor from {schema}.pauses p
    where p.tenant in ('', $2) and p.resumed_at is null and (p.until is null or p.until > coalesce($1, now()))
), shown as (
    select j.job_id, j.key collate "C" as key, j.name collate "C" as name, j.executor, d.paused_since is not null as is_paused, w.is_wide,
           case when d.state = 1 and w.is_wide then 2 else d.state end as state,
           case when w.is_wide or d.paused_since is not null or d.fault_reason is not null then null else d.next_start end as next_run,
           case when l.run_id is null then d.last_run_status else l.status end as last_status,
           case when l.run_id is null then d.last_run_started_at else l.started_at end as last_run
    from {schema}.jobs j
    join {schema}.due d on d.job_id = j.job_id
    cross join lateral (select exists (select from wide where wide.executor in ('', j.executor)) as is_wide) w
    left join lateral (
        select r.run_id, r.status, r.started_at from {schema}.runs r where d.open > 0 and r.job_id = j.job_id and r.attempt > 0 order by r.run_id desc limit 1
    ) l on true
    where j.tenant = $2 and j.deleted_at is null
)
select d.job_id, {due_columns}, {job_columns}
from (
    select * from shown s
    where ($3 is null or starts_with(s.key, $3))
        and ($4 is null or strpos(translate(s.name, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), translate($4, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')) > 0)
        and ($5 is null or s.executor = $5)
        and ($6 is null or s.state = $6)
        and ($7 is null or s.is_paused <> $7)
        and ($8 is null or (s.is_paused or s.is_wide) = $8)
        and ($9 is null or coalesce(s.next_run < coalesce($1, now()), false) = $9)
        and ($10 is null or s.last_status = $10)
        and {after}
    order by {order}
    limit $14
) s
join {schema}.due d on d.job_id = s.job_id
join {schema}.jobs j on j.job_id = s.job_id
order by {order};
