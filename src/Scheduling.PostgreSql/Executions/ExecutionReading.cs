using Npgsql;
using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Executions;

/// <summary>Reads executions for people: open ones of one table, ended ones of the other, put together.</summary>
internal static class ExecutionReading
{
    private static readonly Guid Highest = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    /// <summary>Reads one execution. Open ones are looked for first: one that ends meanwhile is then found among the ended, in a younger snapshot.</summary>
    public static async Task<Execution?> GetAsync(StoreTransaction transaction, TenantId tenant, ExecutionId id, CancellationToken ct)
    {
        var reader = await transaction.Batch()
            .Add("get_run", Param.Text(tenant.Value), Param.Uuid(id.Value))
            .Add("get_execution", Param.Text(tenant.Value), Param.Uuid(id.Value))
            .ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var open = await ReadRunsAsync(reader, ct).ConfigureAwait(false);
            var ended = await ReadEndedAsync(reader, ct).ConfigureAwait(false);
            return ended.Count > 0 ? ended[0] : open.Count > 0 ? open[0] : null;
        }
    }

    /// <summary>Reads a page.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="request">Which page.</param>
    /// <param name="job">The job the request names, or null.</param>
    /// <param name="ct">Ends the wait.</param>
    public static async Task<IReadOnlyList<Execution>> ListAsync(StoreTransaction transaction, ListExecutionsRequest request, JobId? job, CancellationToken ct)
    {
        var before = request.Before?.Value ?? Highest;
        var batch = transaction.Batch().Add(
            "list_runs", Param.Text(request.Tenant.Value), Param.UuidOrNull(job?.Value), StatusesOf(request), Param.Uuid(before), Param.Int(request.Size), Param.Text(request.Executor));
        if (job is { } one)
            batch.Add("list_executions_of_job", Param.Uuid(one.Value), StatusesOf(request), Param.Uuid(before), Param.Int(request.Size), Param.Text(request.Executor));
        else
            batch.Add("list_executions", Param.Text(request.Tenant.Value), StatusesOf(request), Param.Uuid(before), Param.Int(request.Size), Param.Text(request.Executor));
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var open = await ReadRunsAsync(reader, ct).ConfigureAwait(false);
            var ended = await ReadEndedAsync(reader, ct).ConfigureAwait(false);
            // One that ended between the two statements is in both answers: its end counts.
            var known = ended.Select(static row => row.Id).ToHashSet();
            return [.. open.Where(row => !known.Contains(row.Id)).Concat(ended).OrderByDescending(static row => row.Id).Take(request.Size)];
        }
    }

    private static NpgsqlParameter StatusesOf(ListExecutionsRequest request) =>
        Param.ShortsOrNull(request.Statuses.Count == 0 ? null : request.Statuses.Select(static status => (short)status));

    private static async Task<List<Execution>> ReadRunsAsync(SqlResults reader, CancellationToken ct)
    {
        var rows = new List<Execution>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            var columns = reader.Row;
            var run = RunColumns.Read(ref columns);
            rows.Add(run.ToExecution(columns.Text()));
        }
        await reader.NextAsync(ct).ConfigureAwait(false);
        return rows;
    }

    private static async Task<List<Execution>> ReadEndedAsync(SqlResults reader, CancellationToken ct)
    {
        var rows = new List<Execution>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            var columns = reader.Row;
            var row = ExecutionColumns.Read(ref columns);
            rows.Add(row.ToExecution(columns.Text()));
        }
        return rows;
    }
}
