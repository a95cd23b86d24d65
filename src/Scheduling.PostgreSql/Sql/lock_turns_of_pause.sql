-- Locks the turns of a tenant, of one executor or of all: no claim is on its way for them then. $1 tenant  $2 executor, or the empty text
select t.tenant, t.executor from {schema}.turns t where t.tenant = $1 and $2 in ('', t.executor) order by t.executor for update;
