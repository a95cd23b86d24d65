SELECT id FROM turns WHERE tenant = $tenant AND (turn_at IS NULL OR held_since IS NOT NULL);
