-- Lets rows of skipped or missed slots grow; one that retention removed meanwhile begins anew.
-- $1 rows  $2 jobs  $3 tenants  $4 executors  $5 statuses  $6 reasons  $7 first slots  $8 last slots  $9 counts  $10 now  $11 job versions  $12 the highest count
with more as materialized (
    select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::smallint[], $6::smallint[], $7::timestamptz[], $8::timestamptz[], $9::bigint[], $11::bigint[])
        as u (run_id, job_id, tenant, executor, status, reason, slot_first, slot_last, slot_count, job_version)
), grown as (
    update {schema}.executions e
    set slot_last = more.slot_last, slot_count = least($12, e.slot_count + more.slot_count), ended_at = $10
    from more
    where e.job_id = more.job_id and e.run_id = more.run_id
    returning e.run_id
)
insert into {schema}.executions (
    run_id, job_id, tenant, executor, trigger, status, reason, slot_first, slot_last, slot_count, due_at, created_at, ended_at, attempt, token, is_token_void, job_version)
select run_id, job_id, tenant, executor, 0, status, reason, slot_first, slot_last, slot_count, slot_first, $10, $10, 0, 0, false, job_version
from more
where run_id not in (select run_id from grown);
