-- Makes a turn, or brings the one that is there forward. It knows whether its tenant has limits, and stays away while it is paused; the caller keeps both from changing (share_tenant).
-- $1 now  $2 tenant  $3 executor  $4 when its work is due, or null
insert into {schema}.turns as t (tenant, executor, turn_at, is_limited)
select $2, $3,
       case when $4 is null or (p.is_paused and p.until is null) then null when p.is_paused then greatest($4, p.until) else $4 end,
       exists (select from {schema}.tenants where tenant = $2)
from (
    select count(*) > 0 as is_paused, case when not bool_or(until is null) then max(until) end as until
    from {schema}.pauses
    where tenant = $2 and executor in ('', $3) and resumed_at is null and (until is null or until > $1)
) p
on conflict (tenant, executor) do update set turn_at = least(t.turn_at, excluded.turn_at);
