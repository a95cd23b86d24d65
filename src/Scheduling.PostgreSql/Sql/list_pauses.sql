-- One page of pauses. $1 now or null  $2 tenant or null  $3 executor or null  $4 whether ended ones too  $5, $6, $7 tenant, executor and beginning of the last of the page before, or nulls  $8 size
select {pause_columns} from {schema}.pauses p
where ($2 is null or p.tenant in ('', $2)) and ($3 is null or p.executor in ('', $3))
    and ($4 or (p.resumed_at is null and (p.until is null or p.until > coalesce($1, now()))))
    and ($5 is null or (p.tenant, p.executor, p.since) > ($5, $6, $7))
order by p.tenant, p.executor, p.since
limit $8;
