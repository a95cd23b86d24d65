-- What a leaving process still has. $1 owner  $2 how many
select job_id, tenant, owner, run_id from {schema}.runs where status = 2 and owner = $1 limit $2;
