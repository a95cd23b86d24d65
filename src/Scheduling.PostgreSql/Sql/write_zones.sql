-- $1 version  $2 the job that the walk looked at last; null when it is over  $3 when a node with older data was seen
update {schema}.zones set version = $1, walked_to = $2, older_seen_at = $3;
