-- Keeps how much of their rates locked tenants have used. $1 tenants  $2 when their buckets are full again
update {schema}.tenants t set rate_full_at = u.full_at
from unnest($1::text[], $2::timestamptz[]) as u (tenant, full_at)
where t.tenant = u.tenant;
