-- The pause in force of one scope. $1 now or null  $2 tenant, or the empty text  $3 executor, or the empty text
select {pause_columns} from {schema}.pauses p
where p.tenant = $2 and p.executor = $3 and p.resumed_at is null and (p.until is null or p.until > coalesce($1, now()));
