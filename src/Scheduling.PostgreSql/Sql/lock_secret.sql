-- One secret, kept as it is until the end of the transaction. $1 tenant  $2 name
select tenant, name, key_id, value, version, created_at, updated_at from {schema}.secrets where tenant = $1 and name = $2 for update;
