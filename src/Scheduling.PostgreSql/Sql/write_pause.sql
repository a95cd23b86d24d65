-- Begins or changes a pause. $1 tenant  $2 executor  $3 since  $4 until  $5 by  $6 reason  $7 resumed
insert into {schema}.pauses (tenant, executor, since, until, by, reason, resumed_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (tenant, executor, since) do update set until = excluded.until, by = excluded.by, reason = excluded.reason, resumed_at = excluded.resumed_at;
