-- The state of the store for health checks. $1 now or null  $2 how long a process counts as live after its lease, in seconds
with at as materialized (select coalesce($1, now()) as now)
select
    (select min(w.earliest)
     from (
         select tenant, executor from {schema}.turns, at
         where turn_at <= at.now and executor not in (select p.executor from {schema}.pauses p where p.tenant = '' and p.resumed_at is null and (p.until is null or p.until > at.now))
         order by turn_at limit 10000
     ) t
     cross join lateral (
         select least(
             (select due_at from {schema}.due where tenant = t.tenant and executor = t.executor and due_at is not null order by due_at limit 1),
             (select ready_at from {schema}.runs where tenant = t.tenant and executor = t.executor and ready_at is not null order by ready_at limit 1)
         ) as earliest
     ) w cross join at
     where w.earliest <= at.now),
    (select count(*) from {schema}.runs)::integer,
    (select count(*) from {schema}.processes, at where lease_until > at.now - $2 * interval '1 second')::integer,
    (select count(*) from {schema}.due where fault_reason = 4)::integer;
