SELECT tenant, executor, since, until, paused_by, reason, resumed_at
FROM pauses
WHERE tenant = $tenant AND executor = $executor;
