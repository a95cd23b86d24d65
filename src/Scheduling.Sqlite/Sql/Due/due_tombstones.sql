SELECT job_id, turn FROM due WHERE deleted = 1 AND open = 0 LIMIT $count;
