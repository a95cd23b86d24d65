SELECT version, tenant, key, name, description, executor, definition, payload, anchor, created_at, updated_at
FROM jobs
WHERE id = $id;
