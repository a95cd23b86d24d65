-- One page of what an execution reported, oldest first. $1 execution  $2 after  $3 size
select number, at, attempt, level, name, text from {schema}.run_events where run_id = $1 and number > $2 order by number limit $3;
