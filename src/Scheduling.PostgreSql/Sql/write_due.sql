-- Writes what moves made of locked jobs. When the last run of a completed job ends soon after its start, the time since when it is idle stays: a row none of whose indexed columns changes
-- is written without a touch of its indexes. find_idle looks at the end of the run as well.
update {schema}.due d
set executor = u.executor, version = u.version, state = u.state, is_deleted = u.is_deleted,
    due_at = u.due_at, next_slot = u.next_slot, next_start = u.next_start, last_slot = u.last_slot,
    fence = u.fence, open = u.open, waiting = u.waiting,
    last_run_id = u.last_run_id, last_run_status = u.last_run_status, last_run_slot = u.last_run_slot,
    last_run_started_at = u.last_run_started_at, last_run_ended_at = u.last_run_ended_at, last_success_at = u.last_success_at,
    tail_id = u.tail_id, tail_status = u.tail_status, tail_reason = u.tail_reason, tail_last = u.tail_last,
    paused_since = u.paused_since, paused_until = u.paused_until, paused_by = u.paused_by, pause_reason = u.pause_reason,
    fault_reason = u.fault_reason, fault_message = u.fault_message, fault_since = u.fault_since,
    idle_since = case when u.idle_since < d.idle_since + interval '10 seconds' then d.idle_since else u.idle_since end
from unnest(
    $1::uuid[], $2::text[], $3::bigint[], $4::smallint[], $5::boolean[],
    $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::timestamptz[],
    $10::bigint[], $11::integer[], $12::integer[],
    $13::uuid[], $14::smallint[], $15::timestamptz[], $16::timestamptz[], $17::timestamptz[], $18::timestamptz[],
    $19::uuid[], $20::smallint[], $21::smallint[], $22::timestamptz[],
    $23::timestamptz[], $24::timestamptz[], $25::text[], $26::text[],
    $27::smallint[], $28::text[], $29::timestamptz[], $30::timestamptz[]
) as u (
    job_id, executor, version, state, is_deleted,
    due_at, next_slot, next_start, last_slot,
    fence, open, waiting,
    last_run_id, last_run_status, last_run_slot, last_run_started_at, last_run_ended_at, last_success_at,
    tail_id, tail_status, tail_reason, tail_last,
    paused_since, paused_until, paused_by, pause_reason,
    fault_reason, fault_message, fault_since, idle_since
)
where d.job_id = u.job_id;
