SELECT min(held_since) FROM turns WHERE tenant = $tenant;
