-- Some jobs of a tenant. $1 tenant  $2 how many
select job_id, tenant from {schema}.jobs where tenant = $1 and deleted_at is null order by job_id limit $2;
