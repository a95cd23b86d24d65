-- Adds a job unless its tenant has one of that key; one row says that it did.
-- $1 job  $2 tenant  $3 key  $4 version  $5 name  $6 description  $7 executor  $8 active  $9 definition  $10 payload  $11 anchor  $12 created  $13 updated  $14 change
-- $15 state  $16 due  $17 next slot  $18 next start  $19 last slot  $20 paused since  $21 pause reason  $22 idle since
with job as (
    insert into {schema}.jobs (job_id, tenant, key, version, name, description, executor, active, definition, payload, anchor, created_at, updated_at, change_id)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    on conflict (tenant, key) where deleted_at is null do nothing
    returning job_id, tenant, executor, version
)
insert into {schema}.due (job_id, tenant, executor, version, state, due_at, next_slot, next_start, last_slot, paused_since, pause_reason, idle_since)
select job_id, tenant, executor, version, $15, $16, $17, $18, $19, $20, $21, $22 from job
returning job_id;
