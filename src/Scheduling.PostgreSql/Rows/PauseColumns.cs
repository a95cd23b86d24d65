using Scheduling.PostgreSql.Connections;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Rows;

/// <summary>The columns of the table pauses, in the order in which they are read.</summary>
internal static class PauseColumns
{
    /// <summary>For select lists; the table is called p.</summary>
    public const string List = "p.tenant, p.executor, p.since, p.until, p.by, p.reason, p.resumed_at";

    public static string TenantOf(PauseScope scope) => scope.Tenant?.Value ?? "";

    public static string ExecutorOf(PauseScope scope) => scope.Executor ?? "";

    /// <summary>Reads all rows of the statement; afterwards the results stand at the next one's.</summary>
    public static async Task<PauseBook> ReadBookAsync(SqlResults results, CancellationToken ct)
    {
        var book = new PauseBook();
        foreach (var pause in await ReadAllAsync(results, ct).ConfigureAwait(false))
            book.Put(pause);
        return book;
    }

    /// <summary>Reads all rows of the statement; afterwards the results stand at the next one's.</summary>
    public static async Task<List<ScopedPause>> ReadAllAsync(SqlResults results, CancellationToken ct)
    {
        var pauses = new List<ScopedPause>();
        while (await results.ReadAsync(ct).ConfigureAwait(false))
            pauses.Add(Read(results.Row));
        await results.NextAsync(ct).ConfigureAwait(false);
        return pauses;
    }

    private static ScopedPause Read(ColumnReader columns) => new()
    {
        Scope = ScopeOf(columns.Text(), columns.Text()),
        Pause = new Pause { Since = columns.Time(), Until = columns.TimeOrNull(), By = columns.TextOrNull(), Reason = columns.TextOrNull() },
        ResumedAt = columns.TimeOrNull(),
    };

    private static PauseScope ScopeOf(string tenant, string executor) => (tenant.Length, executor.Length) switch
    {
        (0, _) => PauseScope.ForExecutor(executor),
        (_, 0) => PauseScope.ForTenant(new TenantId(tenant)),
        _ => PauseScope.For(new TenantId(tenant), executor),
    };
}
