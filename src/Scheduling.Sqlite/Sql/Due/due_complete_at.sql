UPDATE due SET completed_at = $at WHERE job_id = $job_id;
