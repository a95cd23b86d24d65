-- The same, locked; no row when another node has it.
select version, walked_to, older_seen_at from {schema}.zones for update skip locked;
