INSERT INTO tenants (tenant, maximum_running, rate_runs, rate_nanoseconds, running, rate_full_at)
VALUES ($tenant, $maximum_running, $rate_runs, $rate_nanoseconds, $running, $rate_full_at)
ON CONFLICT (tenant) DO UPDATE SET maximum_running = excluded.maximum_running, rate_runs = excluded.rate_runs, rate_nanoseconds = excluded.rate_nanoseconds,
    running = excluded.running, rate_full_at = excluded.rate_full_at;
