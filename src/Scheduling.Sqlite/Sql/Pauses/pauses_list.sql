-- '' for a tenant or an executor stands for all, in the row as in the question.
SELECT tenant, executor, since, until, paused_by, reason, resumed_at
FROM pauses
WHERE ($tenant IS NULL OR tenant = '' OR tenant = $tenant) AND ($executor IS NULL OR executor = '' OR executor = $executor)
    AND ($includes_ended OR (resumed_at IS NULL AND (until IS NULL OR until > $now)))
    AND (tenant, executor, since) > ($after_tenant, $after_executor, $after_since)
ORDER BY tenant, executor, since
LIMIT $size;
