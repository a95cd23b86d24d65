-- Writes how far open executions have come and how much they reported.
update {schema}.runs r
set phase = u.phase, done = u.done, total = u.total, events = u.events, event_bytes = u.event_bytes
from unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::integer[], $6::integer[], $7::uuid[]) as u (run_id, phase, done, total, events, event_bytes, job_id)
where r.job_id = u.job_id and r.run_id = u.run_id;
