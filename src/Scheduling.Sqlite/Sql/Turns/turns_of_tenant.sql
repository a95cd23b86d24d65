SELECT id, executor FROM turns WHERE tenant = $tenant;
