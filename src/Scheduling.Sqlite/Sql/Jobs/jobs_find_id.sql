SELECT id FROM jobs WHERE id = $id AND tenant = $tenant AND deleted = 0;
