-- Times are 100 ns ticks since 1970-01-01 UTC, ids are 16 bytes in the order in which they sort, enumerations are the numbers of the public types.
-- STRICT tables and CHECK constraints repeat the invariants of the claim protocol, so that a row edited by hand is refused where it is wrong.

-- What people wrote. Read when a definition is needed, never scanned by a claim.
CREATE TABLE jobs (
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    tenant TEXT NOT NULL CHECK (length(tenant) BETWEEN 1 AND 128),
    key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 128),
    name TEXT,
    description TEXT,
    executor TEXT NOT NULL CHECK (length(executor) BETWEEN 1 AND 128),
    definition TEXT NOT NULL,
    payload TEXT,
    version INTEGER NOT NULL CHECK (version >= 1),
    anchor INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX jobs_by_key ON jobs (tenant, key) WHERE deleted = 0;
CREATE INDEX jobs_by_tenant ON jobs (tenant, id) WHERE deleted = 0;

-- When the work of a tenant for one executor may next be served: the one column for fairness and limits. NULL: held back by a limit, or nothing to do.
-- AUTOINCREMENT, because processes remember whose a turn is.
CREATE TABLE turns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant TEXT NOT NULL CHECK (length(tenant) BETWEEN 1 AND 128),
    executor TEXT NOT NULL CHECK (length(executor) BETWEEN 1 AND 128),
    turn_at INTEGER,
    place INTEGER NOT NULL,
    held_since INTEGER,
    UNIQUE (tenant, executor)
) STRICT;

CREATE INDEX turns_in_line ON turns (executor, turn_at, place) WHERE turn_at IS NOT NULL;

-- The hot row of a job: what claims and settlements change.
CREATE TABLE due (
    job_id BLOB NOT NULL PRIMARY KEY CHECK (length(job_id) = 16),
    turn INTEGER NOT NULL,
    due_at INTEGER,
    next_slot INTEGER,
    next_start INTEGER,
    last_slot INTEGER,
    state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 5),
    version INTEGER NOT NULL CHECK (version >= 1),
    fence INTEGER NOT NULL DEFAULT 0 CHECK (fence >= 0),
    open INTEGER NOT NULL DEFAULT 0 CHECK (open >= 0),
    waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting BETWEEN 0 AND open),
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    pause_since INTEGER,
    pause_until INTEGER,
    pause_by TEXT,
    pause_reason TEXT,
    fault_reason INTEGER CHECK (fault_reason BETWEEN 1 AND 4),
    fault_since INTEGER,
    fault_message TEXT,
    last_run_id BLOB CHECK (length(last_run_id) = 16),
    last_run_status INTEGER CHECK (last_run_status BETWEEN 1 AND 10),
    last_run_slot INTEGER,
    last_run_started_at INTEGER,
    last_run_ended_at INTEGER,
    last_success_at INTEGER,
    tail_id BLOB CHECK (length(tail_id) = 16),
    tail_status INTEGER CHECK (tail_status BETWEEN 1 AND 10),
    tail_reason INTEGER,
    tail_last INTEGER,
    completed_at INTEGER,
    CHECK (due_at IS NULL OR (deleted = 0 AND fault_reason IS NULL)),
    CHECK ((state = 2) = (pause_since IS NOT NULL)),
    CHECK (deleted = 1 OR last_slot IS NULL OR next_slot IS NULL OR next_slot > last_slot)
) STRICT, WITHOUT ROWID;

CREATE INDEX due_by_turn ON due (turn, due_at);
CREATE INDEX due_parked ON due (turn) WHERE fault_reason = 4;
CREATE INDEX due_completed ON due (completed_at) WHERE completed_at IS NOT NULL;
CREATE INDEX due_deleted ON due (job_id) WHERE deleted = 1;

-- Open executions only. They move to executions when they end.
CREATE TABLE runs (
    job_id BLOB NOT NULL CHECK (length(job_id) = 16),
    id BLOB NOT NULL CHECK (length(id) = 16),
    tenant TEXT NOT NULL,
    turn INTEGER NOT NULL,
    executor TEXT NOT NULL,
    cause INTEGER NOT NULL CHECK (cause BETWEEN 0 AND 2),
    status INTEGER NOT NULL CHECK (status IN (1, 2)),
    reason INTEGER NOT NULL,
    first_slot INTEGER,
    last_slot INTEGER,
    slot_count INTEGER CHECK (slot_count >= 1),
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ready_at INTEGER,
    waits INTEGER NOT NULL CHECK (waits IN (0, 1)),
    waits_for BLOB CHECK (length(waits_for) = 16),
    attempt INTEGER NOT NULL CHECK (attempt >= 0),
    failures INTEGER NOT NULL CHECK (failures >= 0),
    lost_starts INTEGER NOT NULL CHECK (lost_starts >= 0),
    token INTEGER NOT NULL CHECK (token >= 0),
    token_void INTEGER NOT NULL CHECK (token_void IN (0, 1)),
    owner BLOB CHECK (length(owner) = 16),
    node TEXT,
    claim_number INTEGER NOT NULL,
    job_version INTEGER NOT NULL,
    message TEXT,
    error_type TEXT,
    error_message TEXT,
    error_detail TEXT,
    failure_status INTEGER NOT NULL,
    failure_reason INTEGER NOT NULL,
    cancel_requested_at INTEGER,
    cancel_reason TEXT,
    idempotency_key TEXT,
    phase TEXT,
    done INTEGER,
    total INTEGER,
    events INTEGER NOT NULL CHECK (events >= 0),
    event_bytes INTEGER NOT NULL CHECK (event_bytes >= 0),
    trace_parent TEXT,
    PRIMARY KEY (job_id, id),
    CHECK (status <> 2 OR (owner IS NOT NULL AND started_at IS NOT NULL AND token > 0 AND ready_at IS NULL AND waits = 0)),
    CHECK (status <> 1 OR (ready_at IS NULL) = (waits = 1)),
    CHECK ((first_slot IS NULL) = (last_slot IS NULL) AND (first_slot IS NULL) = (slot_count IS NULL) AND (first_slot IS NULL OR first_slot <= last_slot))
) STRICT, WITHOUT ROWID;

CREATE INDEX runs_by_tenant ON runs (tenant, id);
CREATE INDEX runs_ready ON runs (turn, ready_at) WHERE ready_at IS NOT NULL;
CREATE INDEX runs_by_owner ON runs (owner, claim_number) WHERE status = 2;

-- The history: ended executions and stretches of slots without a run, in the order of their writing. Only the newest such stretch of a job is ever changed: it may grow.
CREATE TABLE executions (
    id BLOB NOT NULL CHECK (length(id) = 16),
    job_id BLOB NOT NULL CHECK (length(job_id) = 16),
    tenant TEXT NOT NULL,
    executor TEXT NOT NULL,
    cause INTEGER NOT NULL CHECK (cause BETWEEN 0 AND 2),
    status INTEGER NOT NULL CHECK (status BETWEEN 3 AND 10),
    reason INTEGER NOT NULL,
    first_slot INTEGER,
    last_slot INTEGER,
    slot_count INTEGER CHECK (slot_count >= 1),
    due_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER NOT NULL,
    attempt INTEGER NOT NULL CHECK (attempt >= 0),
    token INTEGER NOT NULL CHECK (token >= 0),
    token_void INTEGER NOT NULL CHECK (token_void IN (0, 1)),
    owner BLOB CHECK (length(owner) = 16),
    node TEXT,
    job_version INTEGER NOT NULL,
    message TEXT,
    error_type TEXT,
    error_message TEXT,
    error_detail TEXT,
    cancel_requested_at INTEGER,
    cancel_reason TEXT,
    idempotency_key TEXT,
    phase TEXT,
    done INTEGER,
    total INTEGER,
    events INTEGER NOT NULL CHECK (events >= 0),
    CHECK ((first_slot IS NULL) = (last_slot IS NULL) AND (first_slot IS NULL) = (slot_count IS NULL) AND (first_slot IS NULL OR first_slot <= last_slot))
) STRICT;

CREATE UNIQUE INDEX executions_by_tenant ON executions (tenant, id);
CREATE INDEX executions_by_job ON executions (job_id, id);
-- Most runs succeed; what did not is looked for among them.
CREATE INDEX executions_not_succeeded ON executions (tenant, status, id) WHERE status <> 3;
CREATE INDEX executions_by_request ON executions (job_id, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- Only tenants with limits. The counter equals the tenant's running rows; the rate is a bucket that is full again at a time.
CREATE TABLE tenants (
    tenant TEXT NOT NULL PRIMARY KEY CHECK (length(tenant) BETWEEN 1 AND 128),
    maximum_running INTEGER CHECK (maximum_running >= 1),
    rate_runs INTEGER CHECK (rate_runs BETWEEN 1 AND 1000000),
    rate_nanoseconds INTEGER CHECK (rate_nanoseconds BETWEEN 1000000 AND 2678400000000000),
    running INTEGER NOT NULL CHECK (running >= 0),
    rate_full_at INTEGER,
    CHECK ((rate_runs IS NULL) = (rate_nanoseconds IS NULL) AND (rate_runs IS NOT NULL OR rate_full_at IS NULL))
) STRICT, WITHOUT ROWID;

-- One row for each process that works: its lease covers everything it runs. Executor keys stand one to a line; they cannot contain a line break.
CREATE TABLE processes (
    owner BLOB NOT NULL PRIMARY KEY CHECK (length(owner) = 16),
    node TEXT NOT NULL,
    executors TEXT NOT NULL,
    lease_until INTEGER NOT NULL,
    last_claim INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Counts what other processes must hear of: 1 new work, 2 requests to cancel.
CREATE TABLE wakes (
    kind INTEGER NOT NULL PRIMARY KEY CHECK (kind IN (1, 2)),
    number INTEGER NOT NULL
) STRICT;

INSERT INTO wakes (kind, number) VALUES (1, 0), (2, 0);

-- Pauses of whole tenants, executors, or both; '' stands for all. Those of jobs are in due. One that has ended is kept as long as the history.
CREATE TABLE pauses (
    tenant TEXT NOT NULL,
    executor TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    paused_by TEXT,
    reason TEXT,
    resumed_at INTEGER,
    PRIMARY KEY (tenant, executor, since),
    CHECK (tenant <> '' OR executor <> '')
) STRICT, WITHOUT ROWID;

-- Values are sealed before they come here; the version counts how often a secret was set.
CREATE TABLE secrets (
    tenant TEXT NOT NULL CHECK (length(tenant) BETWEEN 1 AND 128),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 128),
    key_id TEXT NOT NULL,
    value BLOB NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (tenant, name)
) STRICT, WITHOUT ROWID;

-- What executions reported, open and ended ones. They go with their execution.
CREATE TABLE run_events (
    execution_id BLOB NOT NULL CHECK (length(execution_id) = 16),
    number INTEGER NOT NULL CHECK (number >= 1),
    reported_at INTEGER NOT NULL,
    attempt INTEGER NOT NULL CHECK (attempt >= 1),
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 3),
    name TEXT NOT NULL,
    text TEXT,
    PRIMARY KEY (execution_id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER executions_deleted AFTER DELETE ON executions WHEN old.events > 0
BEGIN
    DELETE FROM run_events WHERE execution_id = old.id;
END;

-- One row: by which zone data next runs are computed, how far a walk over the jobs has come that computes them anew by newer ones, and when a process with older ones was seen last.
CREATE TABLE zones (
    only_row INTEGER NOT NULL PRIMARY KEY DEFAULT 1 CHECK (only_row = 1),
    version TEXT NOT NULL,
    walked_to BLOB CHECK (length(walked_to) = 16),
    older_seen_at INTEGER
) STRICT;
