-- Removes executions that have ended. $1 jobs  $2 executions
delete from {schema}.runs r
using unnest($1::uuid[], $2::uuid[]) as u (job_id, run_id)
where r.job_id = u.job_id and r.run_id = u.run_id;
