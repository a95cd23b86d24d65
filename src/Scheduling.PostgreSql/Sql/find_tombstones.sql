-- Deleted jobs, oldest first. $1 how many
select job_id from {schema}.jobs where deleted_at is not null order by deleted_at limit $1;
