SELECT maximum_running, rate_runs, rate_nanoseconds, running, rate_full_at FROM tenants WHERE tenant = $tenant;
