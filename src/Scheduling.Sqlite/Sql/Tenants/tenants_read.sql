SELECT maximum_running, running FROM tenants WHERE tenant = $tenant;
