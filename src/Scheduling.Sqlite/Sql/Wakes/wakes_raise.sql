UPDATE wakes SET number = number + 1 WHERE kind = $kind RETURNING number;
