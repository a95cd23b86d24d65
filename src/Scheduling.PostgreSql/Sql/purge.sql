-- Removes old rows of the history, oldest first; tells how many. $1 now or null  $2 for how long rows are kept, in microseconds  $3 how many
with gone as (
    delete from {schema}.executions
    where (job_id, run_id) in (
        select job_id, run_id from {schema}.executions
        where ended_at < coalesce($1, now()) - $2 * interval '1 microsecond'
        order by ended_at limit $3
        for update skip locked
    )
    returning run_id, events
), cleared as (
    delete from {schema}.run_events where run_id in (select run_id from gone where events > 0)
)
select count(*)::integer from gone;
