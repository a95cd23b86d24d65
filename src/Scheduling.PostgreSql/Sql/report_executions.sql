-- Writes into new rows of the history how far they had come and how much they reported.
update {schema}.executions e
set phase = u.phase, done = u.done, total = u.total, events = u.events
from unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::integer[], $6::uuid[]) as u (run_id, phase, done, total, events, job_id)
where e.job_id = u.job_id and e.run_id = u.run_id;
