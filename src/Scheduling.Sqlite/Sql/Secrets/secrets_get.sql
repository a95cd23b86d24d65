SELECT tenant, name, key_id, value, version, created_at, updated_at FROM secrets WHERE tenant = $tenant AND name = $name;
