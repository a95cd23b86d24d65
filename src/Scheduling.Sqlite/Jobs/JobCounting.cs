using NodaTime;

namespace Scheduling.Sqlite;

/// <summary>Counts of a tenant's jobs as people see them.</summary>
internal static class JobCounting
{
    public static IReadOnlyList<JobCount> Count(ReadSession session, TenantId tenant)
    {
        var now = session.Now();
        return [.. Read(session, tenant)
            .GroupBy(row => (row.Executor, State: StateOf(session, tenant, row.Executor, row.State, now), row.LastStatus))
            .Select(static group => new JobCount { Executor = group.Key.Executor, State = group.Key.State, LastStatus = group.Key.LastStatus, Count = group.Sum(static row => row.Count) })
            .OrderBy(static count => count.Executor, CodePointOrder.Instance)
            .ThenBy(static count => count.State)
            .ThenBy(static count => count.LastStatus)];
    }

    private static List<Row> Read(ReadSession session, TenantId tenant)
    {
        var query = session.Connection.Query("jobs_count").Bind(tenant.Value);
        var rows = new List<Row>();
        while (query.Read())
            rows.Add(new Row(query.NextText(), (JobState)query.NextLong(), (ExecutionStatus?)query.NextLongOrNull(), query.NextLong()));
        return rows;
    }

    /// <summary>A job that a wide pause stops counts as paused.</summary>
    private static JobState StateOf(ReadSession session, TenantId tenant, string executor, JobState state, Instant now) =>
        state == JobState.Active && session.Pauses.Concerning(tenant, executor).Holding(tenant, executor, now) is not null ? JobState.Paused : state;

    private readonly record struct Row(string Executor, JobState State, ExecutionStatus? LastStatus, long Count);
}
