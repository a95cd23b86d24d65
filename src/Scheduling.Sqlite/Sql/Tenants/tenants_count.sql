UPDATE tenants SET running = $running, rate_full_at = $rate_full_at WHERE tenant = $tenant;
