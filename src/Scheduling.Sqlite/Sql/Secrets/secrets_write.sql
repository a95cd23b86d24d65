INSERT OR REPLACE INTO secrets (tenant, name, key_id, value, version, created_at, updated_at)
VALUES ($tenant, $name, $key_id, $value, $version, $created_at, $updated_at);
