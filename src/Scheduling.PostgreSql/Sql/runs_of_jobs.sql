-- All open executions of locked jobs. A statement of its own: its snapshot is younger than the locks.
-- $1 jobs
select {run_columns} from {schema}.runs r where r.job_id = any ($1);
