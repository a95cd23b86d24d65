INSERT INTO processes (owner, node, executors, lease_until, last_claim)
VALUES ($owner, $node, $executors, $lease_until, $last_claim)
ON CONFLICT (owner) DO UPDATE SET executors = excluded.executors, lease_until = excluded.lease_until, last_claim = excluded.last_claim;
