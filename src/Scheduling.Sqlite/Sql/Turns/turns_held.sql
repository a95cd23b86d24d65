SELECT id FROM turns WHERE tenant = $tenant AND turn_at IS NULL;
