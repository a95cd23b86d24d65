-- Locks the due rows of what a tenant has running: no result is on its way for it then. $1 tenant
select d.job_id from {schema}.due d
where d.job_id in (select r.job_id from {schema}.runs r where r.tenant = $1 and r.status = 2)
order by d.job_id for update;
