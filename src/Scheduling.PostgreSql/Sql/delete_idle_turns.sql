-- Forgets locked turns without jobs. A statement of its own, younger than the locks: a job that was made before must be seen. $1 tenants  $2 executors
delete from {schema}.turns t
using unnest($1::text[], $2::text[]) as u (tenant, executor)
where t.tenant = u.tenant and t.executor = u.executor
    and not exists (select from {schema}.due d where d.tenant = u.tenant and d.executor = u.executor);
