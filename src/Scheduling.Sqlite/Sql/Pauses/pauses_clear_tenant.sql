DELETE FROM pauses WHERE tenant = $tenant;
