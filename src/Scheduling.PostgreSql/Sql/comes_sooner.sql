-- Whether nobody would look in time for work that becomes due then: every node looks when the next turn of its executors comes. Asked before the turn is brought forward.
-- $1 now  $2 executor  $3 due
select not exists (select from {schema}.turns where executor = $2 and turn_at > $1 and turn_at <= $3);
