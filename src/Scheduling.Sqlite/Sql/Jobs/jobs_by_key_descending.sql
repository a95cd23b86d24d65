SELECT id, key
FROM jobs
WHERE tenant = $tenant AND deleted = 0 AND key < $after AND ($executor IS NULL OR executor = $executor) AND substr(key, 1, length($key_prefix)) = $key_prefix
ORDER BY key DESC
LIMIT $size;
