UPDATE due
SET turn = $turn, due_at = $due_at, next_slot = $next_slot, next_start = $next_start, last_slot = $last_slot, state = $state, version = $version,
    fence = $fence, open = $open, waiting = $waiting, deleted = $deleted,
    pause_since = $pause_since, pause_until = $pause_until, pause_by = $pause_by, pause_reason = $pause_reason,
    fault_reason = $fault_reason, fault_since = $fault_since, fault_message = $fault_message,
    last_run_id = $last_run_id, last_run_status = $last_run_status, last_run_slot = $last_run_slot, last_run_started_at = $last_run_started_at, last_run_ended_at = $last_run_ended_at,
    last_success_at = $last_success_at, tail_id = $tail_id, tail_status = $tail_status, tail_reason = $tail_reason, tail_last = $tail_last,
    completed_at = CASE WHEN $completes THEN coalesce(completed_at, $now) END
WHERE job_id = $job_id;
