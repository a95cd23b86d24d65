DELETE FROM turns WHERE id = $id;
