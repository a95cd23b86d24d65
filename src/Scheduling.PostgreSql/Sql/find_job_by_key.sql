-- A tenant's job by key, without a lock. $1 tenant  $2 key
select job_id from {schema}.jobs where tenant = $1 and key = $2 and deleted_at is null;
