INSERT OR REPLACE INTO pauses (tenant, executor, since, until, paused_by, reason, resumed_at)
VALUES ($tenant, $executor, $since, $until, $paused_by, $reason, $resumed_at);
