SELECT job_id, id FROM runs WHERE status = 2 AND owner = $owner LIMIT $count;
