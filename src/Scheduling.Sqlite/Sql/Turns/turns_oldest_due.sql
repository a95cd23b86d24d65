-- The earliest work among turns of an executor that have come.
SELECT min(min(
    coalesce((SELECT min(d.due_at) FROM due d WHERE d.turn = t.id AND d.due_at > -9223372036854775808), 9223372036854775807),
    coalesce((SELECT min(r.ready_at) FROM runs r WHERE r.turn = t.id AND r.ready_at IS NOT NULL), 9223372036854775807)))
FROM turns t
WHERE t.executor = $executor AND t.turn_at <= $now;
