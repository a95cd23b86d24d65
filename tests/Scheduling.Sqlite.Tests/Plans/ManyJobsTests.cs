using System.Globalization;
using NodaTime;
using Scheduling.Storage;
using SQLitePCL;

namespace Scheduling.Sqlite.Tests.Plans;

/// <summary>F6: with many jobs the statements of a claim take no more steps than with few. Steps are SQLite's own count of what its machine did, so nothing here depends on the clock.</summary>
/// <remarks>
/// <c>SCHEDULING_PLAN_JOBS</c> is the number of jobs (default 100,000). A million:
/// <c>SCHEDULING_PLAN_JOBS=1000000 dotnet test --project tests/Scheduling.Sqlite.Tests --filter-class "*ManyJobsTests"</c>.
/// </remarks>
public sealed class ManyJobsTests(ITestOutputHelper output) : IDisposable
{
    private const int Few = 10_000;
    private const int Tenants = 500;
    private const int FullScanSteps = 1;
    private const int SortSteps = 2;
    private const int MachineSteps = 4;

    // Every tenant has ten jobs that are due; all others come later.
    private const string Fill = """
        BEGIN;
        INSERT INTO turns (id, tenant, executor, turn_at, place)
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {tenants})
        SELECT i, printf('tenant-%05d', i), 'work', {now} - 1000000 + i, i FROM n;
        CREATE TEMP TABLE made AS
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {jobs})
        SELECT i, unhex(printf('%012x70008000%012x', i, i)) AS id, 1 + i % {tenants} AS turn, CASE WHEN i <= 10 * {tenants} THEN {now} - i ELSE {now} + 36000000000 + i END AS at FROM n;
        INSERT INTO jobs (id, tenant, key, executor, definition, version, anchor, created_at, updated_at)
        SELECT id, printf('tenant-%05d', turn), printf('job-%08d', i), 'work', '{"v":1,"schedule":{"kind":"interval","v":1,"seconds":86400}}', 1, 0, 0, 0 FROM made;
        INSERT INTO due (job_id, turn, due_at, next_slot, next_start, state, version) SELECT id, turn, at, at, at, 1, 1 FROM made;
        DROP TABLE made;
        COMMIT;
        """;

    private readonly TemporaryFile _few = new();
    private readonly TemporaryFile _many = new();

    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 0, 0);

    public void Dispose()
    {
        _few.Dispose();
        _many.Dispose();
    }

    [Fact]
    public async Task ClaimStatements_WithManyJobs_TakeNoMoreStepsThanWithFew()
    {
        var jobs = int.TryParse(Environment.GetEnvironmentVariable("SCHEDULING_PLAN_JOBS"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 100_000;
        await FillAsync(_few, Few);
        await FillAsync(_many, jobs);
        using var few = Open(_few);
        using var many = Open(_many);

        foreach (var (query, values) in Statements())
        {
            var (before, after) = (Measure(few, query, values), Measure(many, query, values));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{query}: {before.Machine} steps with {Few:N0} jobs, {after.Machine} with {jobs:N0}"));
            Assert.Equal((query, before.Rows, 0, 0), (query, after.Rows, after.FullScan, after.Sorts));
            Assert.True(after.Machine <= before.Machine, $"{query}: {before.Machine} steps with {Few} jobs, {after.Machine} with {jobs}");
        }
    }

    [Fact]
    public async Task Claims_AmongManyJobs_TakeWhatIsDueAndLeaveTheFileSound()
    {
        await FillAsync(_many, 50_000);
        await using (var store = new SqliteStore(_many.ConnectionString, time: new StoppedTime()))
        {
            var request = new ClaimRequest
            {
                Owner = OwnerId.New(Now),
                Node = "node",
                Number = 0,
                Executors = [new ExecutorCapacity("work", 1_000)],
                Free = 1_000,
                Lease = Duration.FromSeconds(30),
                Planner = new Planning.DuePlanner(),
            };
            var claimed = new HashSet<JobId>();
            for (var number = 1; number <= 6; number++)
            {
                foreach (var run in (await store.Claims.ClaimAsync(request with { Number = number }, TestContext.Current.CancellationToken)).Runs)
                    Assert.True(claimed.Add(run.JobId));
            }
            Assert.Equal(10 * Tenants, claimed.Count);
        }
        SqliteInvariants.Check(_many.Path, Now);
    }

    private static IEnumerable<(string Query, object[] Values)> Statements()
    {
        var now = Now.ToUnixTimeTicks();
        var job = new byte[16];
        (job[5], job[6], job[8], job[15]) = (7, 0x70, 0x80, 7);
        yield return ("turns_in_line", ["work", long.MinValue, long.MinValue, now, 64L]);
        yield return ("turns_any_due", ["work", now]);
        yield return ("turns_next", ["work", now]);
        yield return ("turns_read", [8L]);
        yield return ("due_next", [8L, now, 8L]);
        yield return ("due_earliest", [8L]);
        yield return ("due_read", [job]);
        yield return ("due_any_parked", []);
        yield return ("due_completed_before", [now, 100L]);
        yield return ("due_tombstones", [100L]);
        yield return ("jobs_read", [job]);
        yield return ("jobs_find_key", ["tenant-00008", "job-00000007"]);
        yield return ("runs_any_ready", []);
        yield return ("runs_next", [8L, now, 8L]);
        yield return ("tenants_any", []);
    }

    private static async Task FillAsync(TemporaryFile file, int jobs)
    {
        await using (var store = new SqliteStore(file.ConnectionString))
            await store.InitializeAsync(TestContext.Current.CancellationToken);
        file.Edit(Fill
            .Replace("{tenants}", Tenants.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{jobs}", jobs.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{now}", Now.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }

    private static sqlite3 Open(TemporaryFile file)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(file.Path, out var db));
        return db;
    }

    private static (int Rows, int Machine, int FullScan, int Sorts) Measure(sqlite3 db, string query, object[] values)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(db, SqlText.Of(query), out var statement));
        using (statement)
        {
            for (var i = 0; i < values.Length; i++)
            {
                _ = values[i] switch
                {
                    long number => raw.sqlite3_bind_int64(statement, i + 1, number),
                    byte[] bytes => raw.sqlite3_bind_blob(statement, i + 1, bytes),
                    _ => raw.sqlite3_bind_text(statement, i + 1, (string)values[i]),
                };
            }
            var rows = 0;
            while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
                rows++;
            return (rows, Status(MachineSteps), Status(FullScanSteps), Status(SortSteps));
        }

        int Status(int what) => raw.sqlite3_stmt_status(statement, what, 0);
    }

    private sealed class StoppedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now.ToDateTimeOffset();
    }
}
