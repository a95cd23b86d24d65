-- One page of a tenant's secrets without their values. $1 tenant  $2 after  $3 size
select name, version, created_at, updated_at from {schema}.secrets where tenant = $1 and name > $2 order by name limit $3;
