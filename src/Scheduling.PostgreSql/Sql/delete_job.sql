-- Hides locked jobs; a sweep removes them with their history. $1 jobs  $2 now
update {schema}.jobs set deleted_at = $2 where job_id = any ($1) and deleted_at is null;
