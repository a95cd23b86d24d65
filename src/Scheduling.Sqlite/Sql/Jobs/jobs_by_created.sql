SELECT id, key
FROM jobs
WHERE tenant = $tenant AND deleted = 0 AND id > $after AND ($executor IS NULL OR executor = $executor) AND substr(key, 1, length($key_prefix)) = $key_prefix
ORDER BY id
LIMIT $size;
