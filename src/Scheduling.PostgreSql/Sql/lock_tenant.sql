-- Keeps new turns of a tenant, and other changes of its limits and pauses, away until the end of the transaction. $1 tenant
select pg_advisory_xact_lock({lock_class}, hashtext($1));
