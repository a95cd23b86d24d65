DELETE FROM runs WHERE job_id = $job_id AND id = $id;
