-- What a claim changes: the slots, and with them when the job is due.
UPDATE due
SET due_at = $due_at, next_slot = $next_slot, next_start = $next_start, last_slot = $last_slot, state = $state, fence = $fence, open = $open, waiting = $waiting,
    tail_id = $tail_id, tail_status = $tail_status, tail_reason = $tail_reason, tail_last = $tail_last,
    completed_at = CASE WHEN $completes THEN coalesce(completed_at, $now) END
WHERE job_id = $job_id;
