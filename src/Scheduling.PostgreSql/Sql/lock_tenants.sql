-- Locks tenants with limits. $1 tenants
select tenant, running, maximum_running, rate_runs, rate_per, rate_full_at from {schema}.tenants where tenant = any ($1) order by tenant for update;
