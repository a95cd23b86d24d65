-- Whether results were written before. $1 jobs  $2 executions
select e.run_id, e.token, e.is_token_void
from unnest($1::uuid[], $2::uuid[]) as u (job_id, run_id)
join {schema}.executions e on e.job_id = u.job_id and e.run_id = u.run_id;
