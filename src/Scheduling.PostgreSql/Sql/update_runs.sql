-- Writes what moves made of open executions.
update {schema}.runs r
set executor = u.executor, status = u.status, reason = u.reason, started_at = u.started_at, ready_at = u.ready_at,
    waits = u.waits, waits_for = u.waits_for, attempt = u.attempt, failures = u.failures, lost_starts = u.lost_starts,
    token = u.token, is_token_void = u.is_token_void, owner = u.owner, node = u.node, claim_number = u.claim_number, job_version = u.job_version,
    message = u.message, error_type = u.error_type, error_message = u.error_message, error_detail = u.error_detail,
    failure_status = u.failure_status, failure_reason = u.failure_reason, cancel_requested_at = u.cancel_requested_at, cancel_reason = u.cancel_reason
from unnest(
    $1::uuid[], $2::text[], $3::smallint[], $4::smallint[], $5::timestamptz[], $6::timestamptz[],
    $7::boolean[], $8::uuid[], $9::integer[], $10::integer[], $11::integer[],
    $12::bigint[], $13::boolean[], $14::uuid[], $15::text[], $16::bigint[], $17::bigint[],
    $18::text[], $19::text[], $20::text[], $21::text[],
    $22::smallint[], $23::smallint[], $24::timestamptz[], $25::text[], $26::uuid[]
) as u (
    run_id, executor, status, reason, started_at, ready_at,
    waits, waits_for, attempt, failures, lost_starts,
    token, is_token_void, owner, node, claim_number, job_version,
    message, error_type, error_message, error_detail,
    failure_status, failure_reason, cancel_requested_at, cancel_reason, job_id
)
where r.job_id = u.job_id and r.run_id = u.run_id;
