SELECT id FROM turns WHERE tenant = $tenant AND executor = $executor;
