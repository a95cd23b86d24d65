SELECT job_id, id FROM runs WHERE status = 2 AND owner = $owner AND claim_number = $claim_number;
