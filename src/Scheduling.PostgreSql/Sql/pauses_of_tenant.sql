-- Pauses in force that concern a tenant. $1 now or null  $2 tenant
select {pause_columns} from {schema}.pauses p
where p.tenant in ('', $2) and p.resumed_at is null and (p.until is null or p.until > coalesce($1, now()));
