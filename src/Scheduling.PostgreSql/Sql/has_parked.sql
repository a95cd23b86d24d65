-- Whether parked jobs wait for executors. $1 executors
select exists (select from {schema}.due where fault_reason = 4 and executor = any ($1));
