-- The next jobs in the order of their ids, and whether zone data concern them: the stored definition is the library's own JSON, in which a quotation mark inside a text is escaped.
-- $1 behind this one  $2 how many
select job_id, tenant, deleted_at is null and position('"kind":"cron"' in definition) > 0 and position('"zone":"UTC"' in definition) = 0
from {schema}.jobs
where job_id > $1
order by job_id
limit $2;
