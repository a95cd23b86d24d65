DELETE FROM secrets
WHERE tenant = $tenant AND name IN (SELECT name FROM secrets WHERE tenant = $tenant ORDER BY name LIMIT $count);
