-- A tenant's limits and what it has running. $1 tenant
select (select count(*) from {schema}.runs where tenant = $1 and status = 2)::integer,
       (select min(held_since) from {schema}.turns where tenant = $1),
       n.maximum_running, n.rate_runs, n.rate_per
from (values (1)) as one left join {schema}.tenants n on n.tenant = $1;
