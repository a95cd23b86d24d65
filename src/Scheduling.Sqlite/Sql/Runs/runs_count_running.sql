SELECT count(*) FROM runs WHERE tenant = $tenant AND status = 2;
