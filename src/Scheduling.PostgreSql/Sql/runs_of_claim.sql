-- What a claim took whose answer was lost. $1 owner  $2 claim number
select {run_columns} from {schema}.runs r where r.status = 2 and r.owner = $1 and r.claim_number = $2 order by r.run_id;
