SELECT version, walked_to, older_seen_at FROM zones;
