-- Gives up a lease. $1 owner
delete from {schema}.processes where owner = $1;
