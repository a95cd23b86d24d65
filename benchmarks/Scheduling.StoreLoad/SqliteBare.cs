using System.Diagnostics;
using System.Globalization;
using SQLitePCL;

namespace Scheduling.Load;

/// <summary>The limit on SQLite: the least SQL that moves the same rows through the same tables with the same durability, whole batches at once and with no decision in between.</summary>
internal static class SqliteBare
{
    private const string Columns = "job_id, tenant, executor, cause, reason, first_slot, last_slot, slot_count, due_at, created_at, started_at, attempt, token, token_void, owner, node, job_version, events";

    private const string Claim = """
        INSERT INTO runs (id, tenant, turn, executor, status, waits, failures, lost_starts, claim_number, failure_status, failure_reason, event_bytes,
            job_id, cause, reason, first_slot, last_slot, slot_count, due_at, created_at, started_at, attempt, token, token_void, owner, node, job_version, events)
        SELECT randomblob(16), t.tenant, d.turn, t.executor, 2, 0, 0, 1, 1, 5, 10, 0, d.job_id, 0, 0, d.next_slot, d.next_slot, 1, d.next_start, 1, 1, 1, d.fence + 1, 0, zeroblob(16), 'bare', d.version, 0
        FROM due d INDEXED BY due_now JOIN turns t ON t.id = d.turn
        WHERE d.due_at IS NOT NULL
        LIMIT {batch};
        UPDATE due SET due_at = NULL, next_slot = NULL, next_start = NULL, last_slot = next_slot, fence = fence + 1, open = 1, state = 3, completed_at = 1
        WHERE job_id IN (SELECT job_id FROM runs);
        """;

    private const string Settle = $"""
        INSERT INTO executions (id, status, ended_at, {Columns}) SELECT id, 3, 1, {Columns} FROM runs;
        UPDATE due SET open = 0, last_run_status = 3, last_run_started_at = 1, last_run_ended_at = 1 WHERE job_id IN (SELECT job_id FROM runs);
        DELETE FROM runs;
        """;

    /// <summary>Moves everything that is due, each batch claimed in one transaction and settled in the next.</summary>
    /// <returns>Runs a second.</returns>
    public static double Run(string path, int jobs, int batch)
    {
        Batteries_V2.Init();
        Check(raw.sqlite3_open(path, out var db), db);
        using (db)
        {
            Check(raw.sqlite3_exec(db, "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16384; CREATE INDEX due_now ON due (job_id) WHERE due_at IS NOT NULL;"), db);
            var began = Stopwatch.GetTimestamp();
            var claim = Claim.Replace("{batch}", batch.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
            Check(raw.sqlite3_exec(db, $"BEGIN IMMEDIATE; {claim} COMMIT;"), db);
            for (var runs = batch; runs < jobs; runs += batch)
                Check(raw.sqlite3_exec(db, $"BEGIN IMMEDIATE; {Settle} {claim} COMMIT;"), db);
            Check(raw.sqlite3_exec(db, $"BEGIN IMMEDIATE; {Settle} COMMIT;"), db);
            return jobs / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
    }

    private static void Check(int code, sqlite3 db)
    {
        if (code != raw.SQLITE_OK)
            throw new InvalidOperationException($"SQLite {code}: {raw.sqlite3_errmsg(db).utf8_to_string()}");
    }
}
