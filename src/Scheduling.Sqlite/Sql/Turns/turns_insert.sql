INSERT INTO turns (tenant, executor, place) VALUES ($tenant, $executor, 0) RETURNING id;
