-- A job's last run is the newest open one that has started, else the last that ended.
SELECT j.executor, d.state,
    coalesce(CASE WHEN d.open > 0 THEN (SELECT r.status FROM runs r WHERE r.job_id = d.job_id AND r.attempt > 0 ORDER BY r.id DESC LIMIT 1) END, d.last_run_status) AS last_status,
    count(*)
FROM jobs j
JOIN due d ON d.job_id = j.id
WHERE j.tenant = $tenant AND j.deleted = 0
GROUP BY j.executor, d.state, last_status;
