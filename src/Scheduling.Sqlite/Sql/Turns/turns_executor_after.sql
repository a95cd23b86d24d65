SELECT executor FROM turns WHERE executor > $executor AND turn_at IS NOT NULL ORDER BY executor LIMIT 1;
