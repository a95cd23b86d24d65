SELECT token, token_void FROM executions WHERE tenant = $tenant AND id = $id;
