INSERT INTO tenants (tenant, maximum_running, running)
VALUES ($tenant, $maximum_running, $running)
ON CONFLICT (tenant) DO UPDATE SET maximum_running = excluded.maximum_running, running = excluded.running;
