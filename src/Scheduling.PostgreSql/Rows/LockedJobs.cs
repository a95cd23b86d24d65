using Npgsql;
using Scheduling.PostgreSql.Connections;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Rows;

/// <summary>Jobs whose due rows a transaction has locked, read with all their open executions. Two steps: statements into a batch, then their answers out of it.</summary>
internal sealed class LockedJobs(ExecutionIdSource ids)
{
    private readonly Dictionary<JobId, JobSlice> _slices = [];

    public IReadOnlyDictionary<JobId, JobSlice> Slices => _slices;

    public static void AddTo(SqlBatch batch, Guid[] jobs, bool withDefinitions)
    {
        batch.Add("lock_due", Param.Uuids(jobs));
        if (withDefinitions)
            batch.Add("jobs_by_id", Param.Uuids(jobs));
        batch.Add("runs_of_jobs", Param.Uuids(jobs));
    }

    /// <summary>Reads the answers; afterwards the reader stands at the next statement's.</summary>
    public async Task ReadAsync(SqlResults reader, bool withDefinitions, NodaTime.Instant now, CancellationToken ct)
    {
        var rows = new Dictionary<JobId, DueRow>();
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            var columns = reader.Row;
            var id = new JobId(columns.Uuid());
            rows[id] = DueColumns.Read(id, ref columns);
        }
        await reader.NextAsync(ct).ConfigureAwait(false);
        var problems = withDefinitions ? await ReadDefinitionsAsync(reader, rows, ct).ConfigureAwait(false) : null;
        var open = (await RunColumns.ReadAllAsync(reader, ct).ConfigureAwait(false)).ToLookup(static run => run.JobId);
        await reader.NextAsync(ct).ConfigureAwait(false);
        foreach (var (id, row) in rows)
        {
            var slice = new JobSlice(row, open[id], ids);
            if (problems?.GetValueOrDefault(id) is { } problem && row.Fault is null)
                slice.Break(Unreadable(problem, now));
            _slices[id] = slice;
        }
    }

    public static JobFault Unreadable(string problem, NodaTime.Instant now) =>
        new() { Reason = JobFaultReason.Unreadable, Message = StorableText.Clean(problem, 1_024)!, Since = now };

    private static async Task<Dictionary<JobId, string>?> ReadDefinitionsAsync(SqlResults reader, Dictionary<JobId, DueRow> rows, CancellationToken ct)
    {
        Dictionary<JobId, string>? problems = null;
        while (await reader.ReadAsync(ct).ConfigureAwait(false))
        {
            var columns = reader.Row;
            var id = new JobId(columns.Uuid());
            if (rows.TryGetValue(id, out var row) && JobColumns.Complete(row, ref columns) is { } problem)
                (problems ??= [])[id] = problem;
        }
        await reader.NextAsync(ct).ConfigureAwait(false);
        return problems;
    }
}
