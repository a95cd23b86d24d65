SELECT id FROM jobs WHERE tenant = $tenant AND key = $key AND deleted = 0;
