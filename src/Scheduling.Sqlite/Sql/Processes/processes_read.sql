SELECT executors, lease_until, last_claim FROM processes WHERE owner = $owner;
