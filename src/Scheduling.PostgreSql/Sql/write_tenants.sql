-- Keeps the number of running executions of tenants with limits. Where a place became free, what was held comes now; a rate that holds it still will hold it again.
-- $1 now  $2 tenants  $3 differences
with counted as (
    update {schema}.tenants t set running = t.running + u.difference
    from unnest($2::text[], $3::integer[]) as u (tenant, difference)
    where t.tenant = u.tenant
    returning t.tenant, u.difference < 0 and (t.maximum_running is null or t.running < t.maximum_running) as has_room
)
update {schema}.turns t set turn_at = $1
from counted
where counted.has_room and t.tenant = counted.tenant and t.held_since is not null and (t.turn_at is null or t.turn_at > $1);
