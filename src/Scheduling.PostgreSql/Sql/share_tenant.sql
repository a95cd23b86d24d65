-- Keeps changes of a tenant's limits and pauses away until the end of the transaction. $1 tenant
select pg_advisory_xact_lock_shared({lock_class}, hashtext($1));
