SELECT id
FROM jobs
WHERE tenant = $tenant AND id > $after AND deleted = 0
ORDER BY id
LIMIT $size;
