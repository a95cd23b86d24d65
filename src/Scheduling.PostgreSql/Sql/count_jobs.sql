-- A tenant's jobs as people see them, counted. $1 now or null  $2 tenant
with wide as materialized (
    select p.executor from {schema}.pauses p
    where p.tenant in ('', $2) and p.resumed_at is null and (p.until is null or p.until > coalesce($1, now()))
)
select j.executor, s.state, s.last_status, count(*)
from {schema}.jobs j
join {schema}.due d on d.job_id = j.job_id
left join lateral (
    select r.run_id, r.status from {schema}.runs r where d.open > 0 and r.job_id = j.job_id and r.attempt > 0 order by r.run_id desc limit 1
) l on true
cross join lateral (
    select (case when d.state = 1 and exists (select from wide where wide.executor in ('', j.executor)) then 2 else d.state end)::smallint as state,
           case when l.run_id is null then d.last_run_status else l.status end as last_status
) s
where j.tenant = $2 and j.deleted_at is null
group by j.executor, s.state, s.last_status
order by j.executor, s.state, s.last_status nulls first;
