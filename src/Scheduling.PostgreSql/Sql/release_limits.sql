-- Marks the turns of a tenant with limits; what was held comes now and is held again if it must be. $1 tenant  $2 now
update {schema}.turns set is_limited = true, turn_at = case when held_since is not null then $2 else turn_at end where tenant = $1;
