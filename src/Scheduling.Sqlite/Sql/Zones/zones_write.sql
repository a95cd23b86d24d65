INSERT INTO zones (only_row, version, walked_to, older_seen_at) VALUES (1, $version, $walked_to, $older_seen_at)
ON CONFLICT (only_row) DO UPDATE SET version = excluded.version, walked_to = excluded.walked_to, older_seen_at = excluded.older_seen_at;
