-- Removes secrets of a tenant; tells how many. $1 tenant  $2 how many
with gone as (
    delete from {schema}.secrets
    where tenant = $1 and name in (select name from {schema}.secrets where tenant = $1 order by name limit $2)
    returning 1
)
select count(*) from gone;
