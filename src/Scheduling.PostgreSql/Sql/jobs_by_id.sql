-- What people wrote of locked jobs. $1 jobs
select j.job_id, {job_columns} from {schema}.jobs j where j.job_id = any ($1);
