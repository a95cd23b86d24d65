SELECT count(*) FROM jobs WHERE tenant = $tenant AND deleted = 0;
