UPDATE turns SET turn_at = $turn_at, place = $place, held_since = $held_since WHERE id = $id;
