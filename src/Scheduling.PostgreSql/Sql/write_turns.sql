-- Sets when locked turns come: with their earliest work. One that was served goes behind those that wait; one whose tenant is at a limit is held, and remembers since when;
-- one that is paused comes with the end of the pause, and that time is no lateness: the planner answers for it.
-- A statement of its own, younger than the locks on the turns: work that somebody added before giving up such a lock must be seen.
-- $1 now  $2 tenants  $3 executors  $4 whether it was served  $5 whether its tenant is at a limit  $6 until when the limit holds it; null for until something ends
update {schema}.turns t
set turn_at = case
        when p.is_paused then case when w.earliest is null or p.until is null then null else greatest(w.earliest, p.until) end
        when u.is_held and w.earliest <= $1 then u.held_until
        when u.was_served and w.earliest <= $1 then $1
        when t.turn_at <= $1 and w.earliest <= $1 then t.turn_at
        else w.earliest
    end,
    held_since = case
        when p.is_paused or w.earliest is null or w.earliest > $1 then null
        when u.is_held then coalesce(t.held_since, $1)
        else t.held_since
    end
from unnest($2::text[], $3::text[], $4::boolean[], $5::boolean[], $6::timestamptz[]) as u (tenant, executor, was_served, is_held, held_until)
cross join lateral (
    select least(
        (select d.due_at from {schema}.due d where d.tenant = u.tenant and d.executor = u.executor and d.due_at is not null order by d.due_at limit 1),
        (select r.ready_at from {schema}.runs r where r.tenant = u.tenant and r.executor = u.executor and r.ready_at is not null order by r.ready_at limit 1)
    ) as earliest
    offset 0 -- else the two looks are made for each place that uses them
) w
cross join lateral (
    select count(*) > 0 as is_paused, case when not bool_or(until is null) then max(until) end as until
    from {schema}.pauses
    where tenant = u.tenant and executor in ('', u.executor) and resumed_at is null and (until is null or until > $1)
) p
where t.tenant = u.tenant and t.executor = u.executor;
