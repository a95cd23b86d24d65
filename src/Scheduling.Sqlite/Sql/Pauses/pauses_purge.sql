DELETE FROM pauses
WHERE (tenant, executor, since) IN (
    SELECT tenant, executor, since
    FROM pauses
    WHERE coalesce(resumed_at, until) < $bound
    LIMIT $count);
