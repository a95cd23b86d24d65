SELECT turn, due_at, next_slot, next_start, last_slot, state, version, fence, open, waiting, deleted,
    pause_since, pause_until, pause_by, pause_reason, fault_reason, fault_since, fault_message,
    last_run_id, last_run_status, last_run_slot, last_run_started_at, last_run_ended_at, last_success_at,
    tail_id, tail_status, tail_reason, tail_last
FROM due
WHERE job_id = $job_id;
