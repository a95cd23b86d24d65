-- The execution of an earlier run-now request of the same key. $1 job  $2 idempotency key
select run_id from {schema}.runs where job_id = $1 and idempotency_key = $2
union all
select run_id from {schema}.executions where job_id = $1 and idempotency_key = $2;
