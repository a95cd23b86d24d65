-- Adds open executions.
insert into {schema}.runs (
    run_id, job_id, tenant, executor, trigger, status, reason, slot_first, slot_last, slot_count, due_at, created_at, started_at, ready_at,
    waits, waits_for, attempt, failures, lost_starts, token, is_token_void, owner, node, claim_number, job_version,
    failure_status, failure_reason, cancel_requested_at, cancel_reason, idempotency_key)
select * from unnest(
    $1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::smallint[], $6::smallint[], $7::smallint[], $8::timestamptz[], $9::timestamptz[], $10::bigint[],
    $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[],
    $15::boolean[], $16::uuid[], $17::integer[], $18::integer[], $19::integer[], $20::bigint[], $21::boolean[], $22::uuid[], $23::text[], $24::bigint[], $25::bigint[],
    $26::smallint[], $27::smallint[], $28::timestamptz[], $29::text[], $30::text[]);
