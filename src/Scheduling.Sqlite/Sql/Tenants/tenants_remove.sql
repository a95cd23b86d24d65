DELETE FROM tenants WHERE tenant = $tenant;
