using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>Open executions, found by who has them. Needs an open transaction.</summary>
internal sealed class RunTable(Connection connection, ReadyWork? ready = null)
{
    /// <summary>A running execution as a renewal looks at it.</summary>
    public readonly record struct Leased(JobId Job, ExecutionId Id, long Token, long ClaimNumber, bool IsCancelRequested, string? CancelReason);

    public JobId? JobOf(TenantId tenant, ExecutionId id)
    {
        var query = connection.Query("runs_job_of").Bind(tenant.Value).Bind(id.Value);
        JobId? job = query.Read() ? new JobId(query.NextGuid()) : null;
        query.Reset();
        return job;
    }

    public List<Leased> OfOwner(OwnerId owner)
    {
        var query = connection.Query("runs_of_owner").Bind(owner.Value);
        var runs = new List<Leased>();
        while (query.Read())
            runs.Add(new Leased(new JobId(query.NextGuid()), new ExecutionId(query.NextGuid()), query.NextLong(), query.NextLong(), query.NextLongOrNull() is not null, query.NextTextOrNull()));
        return runs;
    }

    public List<(JobId Job, ExecutionId Id)> OfOwner(OwnerId owner, int count) =>
        Ids(connection.Query("runs_of_owner_some").Bind(owner.Value).Bind((long)count));

    public List<(JobId Job, ExecutionId Id)> OfClaim(OwnerId owner, long claimNumber) =>
        Ids(connection.Query("runs_of_claim").Bind(owner.Value).Bind(claimNumber));

    /// <summary>The earliest ready executions of a turn.</summary>
    public List<(JobId Job, ExecutionId Id)> Ready(long turn, NodaTime.Instant now, int count) =>
        ready is { Any: false } ? [] : Ids(connection.Query("runs_next").Bind(turn).Bind(now).Bind((long)count));

    public int Count() => (int)(connection.Query("runs_count").ReadSingle() ?? 0);

    private static List<(JobId Job, ExecutionId Id)> Ids(Statement query)
    {
        var ids = new List<(JobId, ExecutionId)>();
        while (query.Read())
            ids.Add((new JobId(query.NextGuid()), new ExecutionId(query.NextGuid())));
        return ids;
    }
}
