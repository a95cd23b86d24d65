-- What a claim left: for each executor when its next turn comes, whether one has come already, whether it is paused and until when; and when the first lease of another process with runs ends.
-- $1 now  $2 executors  $3 own process
select l.executor,
       (select turn_at from {schema}.turns where executor = l.executor and turn_at > $1 order by turn_at limit 1),
       exists (select from {schema}.turns where executor = l.executor and turn_at <= $1),
       p.is_paused, p.until,
       (select min(p.lease_until) from {schema}.processes p
        where p.owner <> $3 and p.lease_until > $1 and exists (select from {schema}.runs r where r.status = 2 and r.owner = p.owner))
from unnest($2::text[]) as l (executor)
cross join lateral (
    select count(*) > 0 as is_paused, max(until) as until
    from {schema}.pauses
    where tenant = '' and executor = l.executor and resumed_at is null and (until is null or until > $1)
) p;
