SELECT tenant, executor, turn_at, place, held_since FROM turns WHERE id = $id;
