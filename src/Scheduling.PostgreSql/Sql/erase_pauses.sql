-- Removes the pauses that name a tenant; tells how many, and how much of the tenant still runs. $1 tenant
with gone as (
    delete from {schema}.pauses where tenant = $1 returning 1
)
select (select count(*) from gone), (select count(*)::integer from {schema}.runs where tenant = $1 and status = 2);
