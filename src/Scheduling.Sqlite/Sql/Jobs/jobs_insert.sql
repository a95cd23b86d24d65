INSERT INTO jobs (id, tenant, key, name, description, executor, definition, payload, version, anchor, created_at, updated_at)
VALUES ($id, $tenant, $key, $name, $description, $executor, $definition, $payload, $version, $anchor, $created_at, $updated_at);
