-- Removes the history of deleted jobs; tells how many rows. $1 jobs  $2 how many
with gone as (
    delete from {schema}.executions
    where (job_id, run_id) in (select job_id, run_id from {schema}.executions where job_id = any ($1) limit $2 for update skip locked)
    returning run_id, events
), cleared as (
    delete from {schema}.run_events where run_id in (select run_id from gone where events > 0)
)
select count(*)::integer from gone;
