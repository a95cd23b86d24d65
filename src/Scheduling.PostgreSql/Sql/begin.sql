-- The first statement of a transaction: the store's now, and time-outs of this transaction alone. A caller that freezes between two calls must not keep rows locked.
-- Index plans are pinned: every hot statement knows its keys, and a plan made while a table was empty must not outlive that; a bitmap would read all that matches where the first rows in order are asked for. Short statements gain nothing from compilation, which pinned plans' made-up costs would ask for.
-- $1 now (only tests give it)  $2 time-out in ms
select coalesce($1, now()),
       set_config('statement_timeout', $2, true),
       set_config('lock_timeout', $2, true),
       set_config('idle_in_transaction_session_timeout', $2, true),
       set_config('jit', 'off', true),
       set_config('enable_seqscan', 'off', true),
       set_config('enable_hashjoin', 'off', true),
       set_config('enable_mergejoin', 'off', true),
       set_config('enable_bitmapscan', 'off', true);
