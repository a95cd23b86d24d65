-- Whether a change is written already, its answer lost. $1 job  $2 change
select exists (select from {schema}.jobs where job_id = $1 and change_id = $2);
