-- How many events the rows have that executions_clear_tenant removes next.
SELECT sum(events) FROM (SELECT events FROM executions WHERE tenant = $tenant ORDER BY id LIMIT $count);
