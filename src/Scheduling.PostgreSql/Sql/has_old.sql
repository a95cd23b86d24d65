-- Whether rows of the history, pauses or absent processes are older than they are kept. $1 now or null  $2 for how long rows are kept, in microseconds  $3 how long after its lease a process counts, in microseconds  $4 the sweeping process
select exists (select from {schema}.executions where ended_at < coalesce($1, now()) - $2 * interval '1 microsecond')
    or exists (select from {schema}.pauses where least(resumed_at, until) < coalesce($1, now()) - $2 * interval '1 microsecond')
    or exists (select from {schema}.processes where lease_until <= coalesce($1, now()) - $3 * interval '1 microsecond' and owner <> $4);
