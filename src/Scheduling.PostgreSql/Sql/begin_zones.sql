-- The first node says by which zone data it computes. $1 version
insert into {schema}.zones (version) values ($1) on conflict do nothing;
