SELECT id FROM jobs WHERE tenant = $tenant AND deleted = 0 ORDER BY id LIMIT $count;
