using SQLitePCL;

namespace Scheduling.Sqlite.Tests.Plans;

/// <summary>
/// F6: every query goes by an index, so that its cost does not grow with the number of jobs. Without statistics, which the schema never makes, SQLite's plan depends on the schema alone; so an empty file shows what a million jobs
/// would.
/// </summary>
public sealed class QueryPlanTests : IDisposable
{
    /// <summary>Queries that look at all of something small, or that people ask for seldom.</summary>
    private static readonly HashSet<string> MayScan = new(StringComparer.Ordinal)
    {
        "due_any_parked", "due_count_parked", "due_parked_of", "due_tombstones", // an index of the few that match
        "executions_oldest", // in the order of the rows, to a limit
        "migrations_exist", "pauses_any", "pauses_purge", "processes_list", "processes_others", "runs_any_ready", "runs_count", "tenants_any", "turns_executors", "wakes_read", "zones_read",
    };

    private readonly TemporaryFile _file = new();

    public static TheoryData<string> Queries => [.. typeof(SqliteStore).Assembly.GetManifestResourceNames()
        .Where(static name => name.StartsWith("Sql.", StringComparison.Ordinal))
        .Select(static name => name["Sql.".Length..])
        .Order(StringComparer.Ordinal)];

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task EveryQuery_GoesByAnIndex()
    {
        await using (var store = new SqliteStore(_file.ConnectionString))
            await store.InitializeAsync(TestContext.Current.CancellationToken);
        using var connection = Connection.Open(_file.Path, raw.SQLITE_OPEN_READWRITE, 0);

        var scans = Queries.Select(static row => row.Data).Where(query => !MayScan.Contains(query) && !query.Contains("rotation", StringComparison.Ordinal))
            .SelectMany(query => PlanOf(connection, query).Where(static step => step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.StartsWith("SCAN (subquery", StringComparison.Ordinal)).Select(step => $"{query}: {step}"));

        Assert.Empty(scans);
    }

    [Theory]
    [InlineData("due_next", "due_by_turn (turn=? AND due_at<?)")]
    [InlineData("due_earliest", "COVERING INDEX due_by_turn")]
    [InlineData("runs_next", "runs_ready (turn=? AND ready_at<?)")]
    [InlineData("turns_in_line", "turns_in_line (executor=? AND (turn_at,place)>(?,?)")]
    [InlineData("executions_list_tenant", "executions_by_tenant (tenant=? AND id<?)")]
    [InlineData("executions_list_job", "executions_by_job (job_id=? AND id<?)")]
    [InlineData("executions_list_not_succeeded", "executions_not_succeeded (tenant=? AND status=? AND id<?)")]
    [InlineData("jobs_by_key", "jobs_by_key (tenant=? AND key>?)")]
    public async Task HotQuery_UsesItsOwnIndexWithoutSorting(string query, string index)
    {
        await using (var store = new SqliteStore(_file.ConnectionString))
            await store.InitializeAsync(TestContext.Current.CancellationToken);
        using var connection = Connection.Open(_file.Path, raw.SQLITE_OPEN_READWRITE, 0);

        var plan = PlanOf(connection, query);

        Assert.Contains(plan, step => step.Contains(index, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, static step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    private static List<string> PlanOf(Connection connection, string query)
    {
        using var statement = connection.Prepare("EXPLAIN QUERY PLAN " + SqlText.Of(query));
        var steps = new List<string>();
        while (statement.Read())
        {
            statement.Skip(3);
            steps.Add(statement.NextText());
        }
        return steps;
    }
}
