UPDATE executions
SET last_slot = $last_slot, slot_count = min($limit, slot_count + $count), ended_at = $ended_at
WHERE tenant = $tenant AND id = $id;
