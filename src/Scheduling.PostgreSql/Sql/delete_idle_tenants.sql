-- Forgets tenants without limits, turns and running executions. $1 tenants
delete from {schema}.tenants n
where n.tenant = any ($1) and n.maximum_running is null and n.rate_runs is null
    and not exists (select from {schema}.turns t where t.tenant = n.tenant)
    and not exists (select from {schema}.runs r where r.tenant = n.tenant);
