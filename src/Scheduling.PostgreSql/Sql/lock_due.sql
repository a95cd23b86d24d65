-- Locks jobs, waiting for each. $1 jobs
select d.job_id, {due_columns} from {schema}.due d where d.job_id = any ($1) order by d.job_id for update;
