SELECT owner, executors, lease_until FROM processes;
