SELECT job_id, id, token, claim_number, cancel_requested_at, cancel_reason FROM runs WHERE status = 2 AND owner = $owner;
