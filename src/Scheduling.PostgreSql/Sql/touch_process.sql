-- Prolongs a process's lease. $1 owner  $2 node  $3 executors  $4 now or null  $5 lease in microseconds
insert into {schema}.processes as p (owner, node, executors, started_at, lease_until)
values ($1, $2, $3, coalesce($4, now()), coalesce($4, now()) + $5 * interval '1 microsecond')
on conflict (owner) do update
set lease_until = excluded.lease_until,
    executors = case when p.executors @> excluded.executors then p.executors else array(select unnest(p.executors) union select unnest(excluded.executors)) end
returning p.lease_until;
