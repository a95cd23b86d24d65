SELECT name, version, created_at, updated_at
FROM secrets
WHERE tenant = $tenant AND name > $after
ORDER BY name
LIMIT $size;
