-- What a settlement changes: nothing that is indexed.
UPDATE due
SET last_slot = $last_slot, fence = $fence, open = $open, waiting = $waiting,
    last_run_id = $last_run_id, last_run_status = $last_run_status, last_run_slot = $last_run_slot, last_run_started_at = $last_run_started_at, last_run_ended_at = $last_run_ended_at,
    last_success_at = $last_success_at, tail_id = $tail_id, tail_status = $tail_status, tail_reason = $tail_reason, tail_last = $tail_last
WHERE job_id = $job_id;
