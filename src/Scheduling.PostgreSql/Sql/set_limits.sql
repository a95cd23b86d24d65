-- Makes sure that a tenant with limits has its row, and locks it. $1 tenant
insert into {schema}.tenants (tenant) values ($1)
on conflict (tenant) do update set running = tenants.running;
