UPDATE jobs SET deleted = 1 WHERE id = $id;
