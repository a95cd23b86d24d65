SELECT 1 FROM processes WHERE owner <> $owner LIMIT 1;
