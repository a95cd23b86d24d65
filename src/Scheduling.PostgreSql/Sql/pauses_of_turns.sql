-- Pauses that concern turns, ended ones too. $1 tenants  $2 executors
select {pause_columns} from {schema}.pauses p
where (p.tenant = '' and p.executor = any ($2)) or p.tenant = any ($1);
