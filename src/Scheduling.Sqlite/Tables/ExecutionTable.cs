using NodaTime;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>Executions as people look at them, open and ended ones together. Needs an open transaction, so that none is seen twice or missed while it moves.</summary>
internal sealed class ExecutionTable(Connection connection)
{
    public Execution? Find(TenantId tenant, ExecutionId id)
    {
        var open = connection.Query("runs_get").Bind(tenant.Value).Bind(id.Value);
        var found = open.Read() ? ReadOpen(open) : null;
        open.Reset();
        if (found is not null)
            return found;
        var ended = connection.Query("executions_get").Bind(tenant.Value).Bind(id.Value);
        found = ended.Read() ? ExecutionColumns.Read(ended) : null;
        ended.Reset();
        return found;
    }

    /// <summary>One page, newest id first.</summary>
    /// <param name="request">Which page.</param>
    /// <param name="job">The job that the request names, or null.</param>
    public IReadOnlyList<Execution> List(ListExecutionsRequest request, JobId? job)
    {
        var page = new List<Execution>();
        if (request.Statuses.Count == 0 || request.Statuses.Any(static status => !status.IsTerminal()))
            ReadPage(job is null ? "runs_list_tenant" : "runs_list_job", request, job, MaskOf(request), ReadOpen, page);
        if (request.Statuses.Count == 0 || request.Statuses.Any(static status => status.IsTerminal()))
            ReadEnded(request, job, page);
        page.Sort(static (a, b) => b.Id.CompareTo(a.Id));
        return page.Count > request.Size ? page.GetRange(0, request.Size) : page;
    }

    /// <summary>The token an ended execution had, and whether it still counted; null when there is none.</summary>
    public (long Token, bool IsVoid)? TokenOf(TenantId tenant, ExecutionId id)
    {
        var query = connection.Query("executions_token").Bind(tenant.Value).Bind(id.Value);
        (long, bool)? token = query.Read() ? (query.NextLong(), query.NextBool()) : null;
        query.Reset();
        return token;
    }

    /// <summary>The ended execution that a request with this key led to.</summary>
    public ExecutionId? FindRequest(JobId job, string key)
    {
        var query = connection.Query("executions_find_request").Bind(job.Value).Bind(key);
        ExecutionId? id = query.Read() ? new ExecutionId(query.NextGuid()) : null;
        query.Reset();
        return id;
    }

    /// <summary>Removes rows that ended before a time. They lie in the order of their writing, which is that of their ends but for rows that grew: these are moved.</summary>
    /// <returns>How many were removed.</returns>
    public int PurgeEndedBefore(Instant time, int most)
    {
        var bound = time.ToUnixTimeTicks();
        var oldest = connection.Query("executions_oldest").Bind((long)most);
        var grown = new List<long>();
        long last = 0;
        while (oldest.Read())
        {
            var (rowId, endedAt, hasGrown) = (oldest.NextLong(), oldest.NextLong(), oldest.NextBool());
            if (endedAt >= bound && !hasGrown)
                break;
            last = rowId;
            if (endedAt >= bound)
                grown.Add(rowId);
        }
        oldest.Reset();
        foreach (var rowId in grown)
            connection.Query("executions_move").Bind(rowId).Run();
        if (last == 0)
            return 0;
        connection.Query("executions_purge").Bind(last).Bind(time).Run();
        return connection.Changes;
    }

    // What did not succeed is rare among what did, so it is looked for by an index of its own, status by status.
    private void ReadEnded(ListExecutionsRequest request, JobId? job, List<Execution> page)
    {
        if (job is not null || request.Statuses.Count == 0 || request.Statuses.Contains(ExecutionStatus.Succeeded))
        {
            ReadPage(job is null ? "executions_list_tenant" : "executions_list_job", request, job, MaskOf(request), ExecutionColumns.Read, page);
            return;
        }
        foreach (var status in request.Statuses.Where(static status => status.IsTerminal()).Distinct())
            ReadPage("executions_list_not_succeeded", request, job, (long)status, ExecutionColumns.Read, page);
    }

    private void ReadPage(string name, ListExecutionsRequest request, JobId? job, long statuses, Func<Statement, Execution> read, List<Execution> page)
    {
        var query = connection.Query(name);
        _ = job is { } id ? query.Bind(id.Value) : query.Bind(request.Tenant.Value);
        query.Bind(request.Before?.Value ?? LastId).Bind(statuses).Bind(request.Executor).Bind((long)request.Size);
        while (query.Read())
            page.Add(read(query));
    }

    /// <summary>The statuses as bits; 0 for all.</summary>
    private static long MaskOf(ListExecutionsRequest request) => request.Statuses.Aggregate(0L, static (mask, status) => mask | (1L << (int)status));

    private static Guid LastId { get; } = new(Enumerable.Repeat((byte)0xFF, 16).ToArray());

    private static Execution ReadOpen(Statement row)
    {
        var run = RunColumns.Read(row);
        return run.ToExecution(row.NextText());
    }
}
