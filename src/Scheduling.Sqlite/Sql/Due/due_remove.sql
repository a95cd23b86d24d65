DELETE FROM due WHERE job_id = $job_id;
