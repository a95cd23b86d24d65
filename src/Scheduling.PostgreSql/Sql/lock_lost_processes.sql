-- Which of these processes are lost still. Locks them, so that none comes back meanwhile. $1 processes  $2 now
select owner from {schema}.processes where owner = any ($1) and lease_until <= $2 order by owner for update;
