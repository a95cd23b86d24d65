-- Completed jobs with nothing open that nothing happened to for long. $1 now or null  $2 how long, in microseconds  $3 how many
select job_id, tenant from {schema}.due
where idle_since < coalesce($1, now()) - $2 * interval '1 microsecond' and open = 0 and not is_deleted
    and (last_run_ended_at is null or last_run_ended_at < coalesce($1, now()) - $2 * interval '1 microsecond')
order by idle_since limit $3;
