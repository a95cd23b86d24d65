-- Removes deleted jobs that have nothing left; tells whose they were. $1 jobs
with gone as (
    delete from {schema}.due
    where job_id in (
        select d.job_id from {schema}.due d
        where d.job_id = any ($1) and d.is_deleted
            and not exists (select from {schema}.runs r where r.job_id = d.job_id)
            and not exists (select from {schema}.executions e where e.job_id = d.job_id)
        for update skip locked
    )
    returning job_id, tenant, executor
), removed as (
    delete from {schema}.jobs where job_id in (select job_id from gone)
)
select tenant, executor from gone;
