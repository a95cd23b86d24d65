-- Adds what executions reported; a number that is there already was written before.
insert into {schema}.run_events (run_id, number, at, attempt, level, name, text)
select * from unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::integer[], $5::smallint[], $6::text[], $7::text[])
on conflict do nothing;
