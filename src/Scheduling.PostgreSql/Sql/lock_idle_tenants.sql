-- Locks tenants that may have nothing left and keeps changes of them away (share_tenant); one that somebody has or changes is passed over. $1 tenants
select n.tenant
from {schema}.tenants n
where n.tenant = any ($1) and n.maximum_running is null and n.rate_runs is null and pg_try_advisory_xact_lock({lock_class}, hashtext(n.tenant))
for update of n skip locked;
