-- A tenant's job by id, without a lock. $1 tenant  $2 job
select job_id from {schema}.jobs where job_id = $2 and tenant = $1 and deleted_at is null;
