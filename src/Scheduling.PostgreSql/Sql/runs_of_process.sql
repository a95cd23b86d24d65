-- What a process runs. $1 owner
select run_id, job_id, tenant, token, claim_number, cancel_requested_at is not null, cancel_reason from {schema}.runs where status = 2 and owner = $1;
