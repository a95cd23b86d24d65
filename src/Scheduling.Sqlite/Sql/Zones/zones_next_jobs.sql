SELECT job_id FROM due WHERE job_id > $after ORDER BY job_id LIMIT $count;
