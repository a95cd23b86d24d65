-- How many jobs a tenant has. $1 tenant
select count(*)::integer from {schema}.jobs where tenant = $1 and deleted_at is null;
