-- Whether a claim was made before and its answer lost, whether parked jobs wait for an executor that this process has, and whether there are pauses at all.
-- $1 owner  $2 claim number  $3 executors
select exists (select from {schema}.runs where status = 2 and owner = $1 and claim_number = $2),
       exists (select from {schema}.due where fault_reason = 4 and executor = any ($3)),
       exists (select from {schema}.pauses);
