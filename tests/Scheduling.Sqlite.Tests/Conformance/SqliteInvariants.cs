using NodaTime;
using SQLitePCL;

namespace Scheduling.Sqlite.Tests;

/// <summary>The invariants of the claim protocol as queries that find nothing in a sound file.</summary>
internal static class SqliteInvariants
{
    private static readonly (string Problem, string Sql)[] Violations =
    [
        ("open and waiting count the job's rows",
            "SELECT hex(d.job_id) FROM due d WHERE d.open <> (SELECT count(*) FROM runs r WHERE r.job_id = d.job_id) OR d.waiting <> (SELECT count(*) FROM runs r WHERE r.job_id = d.job_id AND r.waits = 1)"),
        ("something waits for nothing", "SELECT hex(job_id) FROM due WHERE waiting > 0 AND waiting = open"),
        ("a job has one row in jobs and one in due", "SELECT hex(d.job_id) FROM due d WHERE NOT EXISTS (SELECT 1 FROM jobs j WHERE j.id = d.job_id AND j.deleted = d.deleted AND j.version = d.version)"),
        ("a job has one row in due", "SELECT hex(j.id) FROM jobs j WHERE NOT EXISTS (SELECT 1 FROM due d WHERE d.job_id = j.id)"),
        ("the turn is that of tenant and executor",
            "SELECT hex(d.job_id) FROM due d JOIN jobs j ON j.id = d.job_id LEFT JOIN turns t ON t.id = d.turn WHERE d.deleted = 0 AND (t.tenant IS NOT j.tenant OR t.executor IS NOT j.executor)"),
        ("pending runs stand in their job's turn", "SELECT hex(r.id) FROM runs r JOIN due d ON d.job_id = r.job_id WHERE r.ready_at IS NOT NULL AND r.turn <> d.turn"),
        ("runs belong to a job", "SELECT hex(r.id) FROM runs r WHERE NOT EXISTS (SELECT 1 FROM due d WHERE d.job_id = r.job_id)"),
        ("due is null when paused, parked or deleted, and else the next start",
            "SELECT hex(job_id) FROM due WHERE due_at IS NOT CASE WHEN deleted OR fault_reason IS NOT NULL THEN NULL WHEN pause_since IS NOT NULL THEN pause_until ELSE next_start END"),
        ("tokens do not exceed the fence", "SELECT hex(r.id) FROM runs r JOIN due d ON d.job_id = r.job_id WHERE r.token > d.fence"),
        ("running work has a process", "SELECT hex(r.id) FROM runs r WHERE r.status = 2 AND NOT EXISTS (SELECT 1 FROM processes p WHERE p.owner = r.owner)"),
        ("a limited tenant's count is its running rows", "SELECT t.tenant FROM tenants t WHERE t.running <> (SELECT count(*) FROM runs r WHERE r.tenant = t.tenant AND r.status = 2)"),
        ("no two rows cover one slot",
            "SELECT hex(a.id) FROM executions a JOIN executions b ON a.job_id = b.job_id AND a.id <> b.id AND a.first_slot <= b.last_slot AND b.first_slot <= a.last_slot"),
        ("no execution is open and ended", "SELECT hex(r.id) FROM runs r JOIN executions e ON e.tenant = r.tenant AND e.id = r.id"),
        ("events belong to an execution",
            "SELECT hex(v.execution_id) FROM run_events v WHERE NOT EXISTS (SELECT 1 FROM runs r WHERE r.id = v.execution_id) AND NOT EXISTS (SELECT 1 FROM executions e WHERE e.id = v.execution_id)"),
        ("a run counts its events", "SELECT hex(r.id) FROM runs r WHERE r.events <> (SELECT count(*) FROM run_events v WHERE v.execution_id = r.id)"),
        ("an execution counts its events", "SELECT hex(e.id) FROM executions e WHERE e.events <> (SELECT count(*) FROM run_events v WHERE v.execution_id = e.id)"),
        ("completed jobs are noted", "SELECT hex(job_id) FROM due WHERE deleted = 0 AND (state = 3) <> (completed_at IS NOT NULL)"),
    ];

    // Work without a turn, or with one that comes after it and after now; a limit or a pause of its tenant may hold it.
    private const string WorkWithoutTurn = """
        SELECT t.tenant || ' ' || t.executor
        FROM turns t
        LEFT JOIN tenants l ON l.tenant = t.tenant
        JOIN (SELECT turn, min(at) AS earliest FROM (SELECT turn, due_at AS at FROM due WHERE due_at IS NOT NULL UNION ALL SELECT turn, ready_at FROM runs WHERE ready_at IS NOT NULL) GROUP BY turn) w ON w.turn = t.id
        WHERE (t.turn_at IS NULL OR t.turn_at > max(w.earliest, {0}))
            AND NOT (t.held_since IS NOT NULL AND (l.running >= l.maximum_running OR (t.turn_at IS NOT NULL AND l.rate_full_at > {0})))
            AND NOT EXISTS (SELECT 1 FROM pauses p WHERE p.tenant = t.tenant AND p.executor IN ('', t.executor) AND p.resumed_at IS NULL AND (p.until IS NULL OR p.until > {0}))
        """;

    public static void Check(string path, Instant now)
    {
        using var connection = Connection.Open(path, raw.SQLITE_OPEN_READWRITE, 5_000);
        foreach (var (problem, sql) in Violations)
            Assert.True(First(connection, sql) is not { } found, $"Violated: {problem}: {First(connection, sql)}");
        var late = First(connection, WorkWithoutTurn.Replace("{0}", now.ToUnixTimeTicks().ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Assert.True(late is null, $"Work of '{late}' has no turn in time.");
        Assert.Equal("ok", First(connection, "PRAGMA integrity_check"));
    }

    /// <summary>The first value that a query gives, as text.</summary>
    public static string? First(Connection connection, string sql)
    {
        using var statement = connection.Prepare(sql);
        var found = statement.Read() ? statement.NextTextOrNull() : null;
        statement.Reset();
        return found;
    }
}
