SELECT tenant, name, key_id, value, version, created_at, updated_at
FROM secrets
WHERE key_id <> $key_id AND (tenant, name) > ($after_tenant, $after_name)
ORDER BY tenant, name
LIMIT $size;
