UPDATE tenants SET running = running + $delta WHERE tenant = $tenant;
