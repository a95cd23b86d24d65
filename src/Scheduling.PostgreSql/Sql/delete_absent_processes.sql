-- Forgets processes that are lost, have nothing any more and count for their executors no longer. $1 now or null  $2 how long after its lease a process counts, in microseconds  $3 the sweeping process
delete from {schema}.processes
where owner in (
    select p.owner from {schema}.processes p
    where p.lease_until <= coalesce($1, now()) - $2 * interval '1 microsecond' and p.owner <> $3 and not exists (select from {schema}.runs r where r.status = 2 and r.owner = p.owner)
    for update skip locked
);
