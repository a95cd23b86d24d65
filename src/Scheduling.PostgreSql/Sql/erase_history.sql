-- Removes rows of a tenant's history; tells how many, and how many events went with them. $1 tenant  $2 how many
with gone as (
    delete from {schema}.executions
    where (job_id, run_id) in (select job_id, run_id from {schema}.executions where tenant = $1 order by run_id limit $2)
    returning run_id, events
), cleared as (
    delete from {schema}.run_events where run_id in (select run_id from gone where events > 0)
)
select count(*), coalesce(sum(events), 0)::bigint from gone;
