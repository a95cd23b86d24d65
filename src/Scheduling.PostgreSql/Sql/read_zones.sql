-- By which zone data next runs are computed.
select version, walked_to, older_seen_at from {schema}.zones;
