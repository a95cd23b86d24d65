UPDATE jobs
SET name = $name, description = $description, executor = $executor, definition = $definition, payload = $payload, version = $version, anchor = $anchor, updated_at = $updated_at
WHERE id = $id;
