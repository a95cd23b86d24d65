-- One page of the secrets that another key sealed. $1 the current key  $2, $3 tenant and name of the last one of the page before  $4 size
select tenant, name, key_id, value, version, created_at, updated_at from {schema}.secrets
where key_id <> $1 and (tenant, name) > ($2, $3)
order by tenant, name
limit $4;
