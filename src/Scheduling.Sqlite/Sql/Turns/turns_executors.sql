SELECT DISTINCT t.executor
FROM turns t
WHERE EXISTS (SELECT 1 FROM due d WHERE d.turn = t.id AND d.deleted = 0)
ORDER BY t.executor;
