-- The tables of the store. {schema} is replaced by the quoted schema name.
-- Written by people: jobs, tenants, pauses, secrets. Hot: due, runs, turns, processes. Append-only: executions, run_events.
-- Statuses, reasons and states are the numbers of the enums of Scheduling.Core, which never change.

create table {schema}.jobs (
    job_id      uuid primary key,
    tenant      text collate "C" not null check (length(tenant) between 1 and 128),
    key         text collate "C" not null check (length(key) between 1 and 128),
    version     bigint not null check (version >= 1),
    name        text,
    description text,
    executor    text collate "C" not null check (length(executor) between 1 and 128),
    definition  text not null,
    payload     text,
    active      boolean not null,
    anchor      timestamptz not null,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    change_id   uuid,
    deleted_at  timestamptz
);

create unique index jobs_key on {schema}.jobs (tenant, key) where deleted_at is null;
create index jobs_list on {schema}.jobs (tenant, job_id) where deleted_at is null;
create index jobs_deleted on {schema}.jobs (deleted_at) where deleted_at is not null;

-- One narrow row for each job, which claims lock: whoever holds it may decide about the job and all its open runs.
create table {schema}.due (
    job_id              uuid primary key,
    tenant              text collate "C" not null,
    executor            text collate "C" not null,
    version             bigint not null,
    state               smallint not null check (state between 1 and 5),
    is_deleted          boolean not null default false,
    due_at              timestamptz,
    next_slot           timestamptz,
    next_start          timestamptz check (next_start >= next_slot),
    last_slot           timestamptz check (is_deleted or last_slot < next_slot),
    fence               bigint not null default 0 check (fence >= 0),
    open                integer not null default 0 check (open >= 0),
    waiting             integer not null default 0 check (waiting between 0 and open),
    last_run_id         uuid,
    last_run_status     smallint,
    last_run_slot       timestamptz,
    last_run_started_at timestamptz,
    last_run_ended_at   timestamptz,
    last_success_at     timestamptz,
    tail_id             uuid,
    tail_status         smallint,
    tail_reason         smallint,
    tail_last           timestamptz,
    paused_since        timestamptz,
    paused_until        timestamptz check (paused_since is not null or paused_until is null),
    paused_by           text,
    pause_reason        text,
    fault_reason        smallint,
    fault_message       text check ((fault_message is null) = (fault_reason is null)),
    fault_since         timestamptz check ((fault_since is null) = (fault_reason is null)),
    idle_since          timestamptz,
    check (due_at is null or not (is_deleted or fault_reason is not null)),
    check ((state = 2) = (paused_since is not null)),
    check ((state in (4, 5)) = (fault_reason is not null and paused_since is null))
) with (fillfactor = 75, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
        autovacuum_analyze_scale_factor = 0.05, autovacuum_analyze_threshold = 5000);

-- Not deduplicated: many jobs are due at one time, and an entry that stands for all of them cannot be marked as dead before the last of them has been claimed.
create index due_turn on {schema}.due (tenant, executor, due_at) with (deduplicate_items = off);
create index due_parked on {schema}.due (executor) where fault_reason = 4;
create index due_idle on {schema}.due (idle_since) where idle_since is not null;

-- Open executions only; one that ends is moved to executions.
create table {schema}.runs (
    job_id              uuid not null,
    run_id              uuid not null,
    tenant              text collate "C" not null,
    executor            text collate "C" not null,
    trigger             smallint not null check (trigger in (0, 1)),
    status              smallint not null check (status in (1, 2)),
    reason              smallint not null,
    slot_first          timestamptz,
    slot_last           timestamptz check (slot_last >= slot_first),
    slot_count          bigint check (slot_count >= 1),
    due_at              timestamptz not null,
    created_at          timestamptz not null,
    started_at          timestamptz,
    ready_at            timestamptz check (ready_at is null or status = 1),
    waits               boolean not null,
    waits_for           uuid,
    attempt             integer not null check (attempt >= 0),
    failures            integer not null check (failures >= 0),
    lost_starts         integer not null check (lost_starts >= 0),
    token               bigint not null,
    is_token_void       boolean not null,
    owner               uuid,
    node                text,
    claim_number        bigint not null,
    job_version         bigint not null,
    message             text,
    error_type          text,
    error_message       text,
    error_detail        text,
    failure_status      smallint not null,
    failure_reason      smallint not null,
    cancel_requested_at timestamptz,
    cancel_reason       text,
    idempotency_key     text collate "C",
    phase               text,
    done                bigint,
    total               bigint,
    events              integer not null default 0 check (events >= 0),
    event_bytes         integer not null default 0 check (event_bytes >= 0),
    trace_parent        text,
    primary key (job_id, run_id),
    check ((trigger = 1) = (slot_first is null)),
    check (status = 2 or waits = (ready_at is null)),
    check (status = 1 or (owner is not null and token > 0 and attempt > 0 and started_at is not null and not waits))
) with (fillfactor = 75, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
        autovacuum_analyze_scale_factor = 0.2, autovacuum_analyze_threshold = 5000);

create index runs_ready on {schema}.runs (tenant, executor, ready_at) with (deduplicate_items = off);
create index runs_owner on {schema}.runs (owner, claim_number) where status = 2;
create unique index runs_request on {schema}.runs (job_id, idempotency_key) where idempotency_key is not null;

-- The history. A row of skipped or missed slots may grow while it is its job's newest; nothing else here ever changes.
create table {schema}.executions (
    job_id              uuid not null,
    run_id              uuid not null,
    tenant              text collate "C" not null,
    executor            text collate "C" not null,
    trigger             smallint not null check (trigger in (0, 1)),
    status              smallint not null check (status between 3 and 10),
    reason              smallint not null,
    slot_first          timestamptz,
    slot_last           timestamptz check (slot_last >= slot_first),
    slot_count          bigint check (slot_count >= 1),
    due_at              timestamptz not null,
    created_at          timestamptz not null,
    started_at          timestamptz,
    ended_at            timestamptz not null,
    attempt             integer not null check (attempt >= 0),
    token               bigint not null,
    is_token_void       boolean not null,
    owner               uuid,
    node                text,
    job_version         bigint not null,
    message             text,
    error_type          text,
    error_message       text,
    error_detail        text,
    cancel_requested_at timestamptz,
    cancel_reason       text,
    idempotency_key     text collate "C",
    phase               text,
    done                bigint,
    total               bigint,
    events              integer not null default 0 check (events >= 0),
    primary key (job_id, run_id),
    check ((trigger = 1) = (slot_first is null)),
    check (status in (9, 10) or attempt > 0 or status = 7)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

create index executions_tenant on {schema}.executions (tenant, run_id);
create index executions_ended on {schema}.executions (ended_at);
create unique index executions_request on {schema}.executions (job_id, idempotency_key) where idempotency_key is not null;

-- When the work of a tenant for one executor may next be served; null while a limit holds it or there is none.
create table {schema}.turns (
    tenant     text collate "C" not null,
    executor   text collate "C" not null,
    turn_at    timestamptz,
    held_since timestamptz,
    is_limited boolean not null default false,
    primary key (tenant, executor)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create index turns_next on {schema}.turns (executor, turn_at) with (deduplicate_items = off);

-- Only tenants that have or had a limit. rate_per is in nanoseconds.
create table {schema}.tenants (
    tenant          text collate "C" primary key check (length(tenant) between 1 and 128),
    maximum_running integer check (maximum_running >= 1),
    rate_runs       integer check (rate_runs >= 1),
    rate_per        bigint check (rate_per >= 1),
    rate_full_at    timestamptz,
    running         integer not null default 0 check (running >= 0),
    check ((rate_runs is null) = (rate_per is null))
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

create table {schema}.processes (
    owner       uuid primary key,
    node        text not null,
    executors   text[] not null,
    started_at  timestamptz not null,
    lease_until timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- Pauses of a tenant, of an executor, or of one executor of one tenant; an empty text stands for all. Those of one job are in due.
create table {schema}.pauses (
    tenant     text collate "C" not null,
    executor   text collate "C" not null,
    since      timestamptz not null,
    until      timestamptz check (until > since),
    by         text,
    reason     text,
    resumed_at timestamptz check (resumed_at >= since),
    primary key (tenant, executor, since),
    check (tenant <> '' or executor <> '')
);

-- Values are sealed before they come here; the version counts how often a secret was set.
create table {schema}.secrets (
    tenant     text collate "C" not null check (length(tenant) between 1 and 128),
    name       text collate "C" not null check (length(name) between 1 and 128),
    key_id     text collate "C" not null,
    value      bytea not null,
    version    bigint not null check (version >= 1),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant, name)
);

-- What executions reported, open and ended ones. They go with their execution.
create table {schema}.run_events (
    run_id  uuid not null,
    number  integer not null check (number >= 1),
    at      timestamptz not null,
    attempt integer not null check (attempt >= 1),
    level   smallint not null check (level between 1 and 3),
    name    text not null,
    text    text,
    primary key (run_id, number)
);

-- One row: by which zone data next runs are computed, how far a walk over the jobs has come that computes them anew by newer ones, and when a node with older ones was seen last.
create table {schema}.zones (
    only_row      boolean primary key default true check (only_row),
    version       text collate "C" not null,
    walked_to     uuid,
    older_seen_at timestamptz
);
