INSERT INTO due (job_id, turn, state, version)
VALUES ($job_id, $turn, 1, 1);
