-- Removes a secret; gives a row when there was one. $1 tenant  $2 name
delete from {schema}.secrets where tenant = $1 and name = $2 returning 1;
