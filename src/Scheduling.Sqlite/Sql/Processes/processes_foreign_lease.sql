-- When the first lease of another process that runs something ends.
SELECT min(p.lease_until)
FROM processes p
WHERE p.owner <> $owner AND p.lease_until > $now AND EXISTS (SELECT 1 FROM runs r WHERE r.status = 2 AND r.owner = p.owner);
