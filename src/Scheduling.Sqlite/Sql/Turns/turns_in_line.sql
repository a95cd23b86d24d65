-- Turns of an executor that have come, behind a place in the line.
SELECT id, tenant, turn_at, place, held_since
FROM turns
WHERE executor = $executor AND (turn_at, place) > ($behind_at, $behind_place) AND turn_at <= $now
ORDER BY turn_at, place
LIMIT $count;
