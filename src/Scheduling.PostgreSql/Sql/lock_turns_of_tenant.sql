-- Locks all turns of a tenant: no claim is on its way for it then. $1 tenant
select executor from {schema}.turns where tenant = $1 order by executor for update;
