DELETE FROM secrets WHERE tenant = $tenant AND name = $name;
