-- Writes a secret over the version that was locked, or a new one; gives a row unless somebody made the new one meanwhile.
-- $1 tenant  $2 name  $3 key  $4 value  $5 version  $6 created  $7 updated  $8 the version that was locked, 0 for none
insert into {schema}.secrets as s (tenant, name, key_id, value, version, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict (tenant, name) do update set key_id = excluded.key_id, value = excluded.value, version = excluded.version, updated_at = excluded.updated_at
where s.version = $8
returning 1;
