-- Adds rows to the history.
insert into {schema}.executions (
    run_id, job_id, tenant, executor, trigger, status, reason, slot_first, slot_last, slot_count, due_at, created_at, started_at, ended_at,
    attempt, token, is_token_void, owner, node, job_version, message, error_type, error_message, error_detail,
    cancel_requested_at, cancel_reason, idempotency_key)
select * from unnest(
    $1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::smallint[], $6::smallint[], $7::smallint[], $8::timestamptz[], $9::timestamptz[], $10::bigint[],
    $11::timestamptz[], $12::timestamptz[], $13::timestamptz[], $14::timestamptz[],
    $15::integer[], $16::bigint[], $17::boolean[], $18::uuid[], $19::text[], $20::bigint[], $21::text[], $22::text[], $23::text[], $24::text[],
    $25::timestamptz[], $26::text[], $27::text[]);
