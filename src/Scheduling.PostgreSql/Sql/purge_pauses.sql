-- Forgets pauses that ended long ago. $1 now or null  $2 for how long they are kept, in microseconds  $3 how many
delete from {schema}.pauses
where (tenant, executor, since) in (
    select tenant, executor, since from {schema}.pauses
    where least(resumed_at, until) < coalesce($1, now()) - $2 * interval '1 microsecond'
    limit $3 for update skip locked
);
