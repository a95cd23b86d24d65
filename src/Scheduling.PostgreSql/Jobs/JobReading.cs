using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Jobs;

/// <summary>Reads jobs for people, without locks.</summary>
internal static class JobReading
{
    /// <summary>Sends a batch whose last statement gives a tenant's jobs, and adds what they have running and which pauses stop them.</summary>
    public static async Task<List<Job>> ReadAsync(StoreTransaction transaction, TenantId tenant, Func<SqlBatch, SqlBatch> add, CancellationToken ct)
    {
        var rows = new List<DueRow>();
        PauseBook pauses;
        var batch = add(transaction.Batch().Add("pauses_of_tenant", Param.Time(transaction.TestNow), Param.Text(tenant.Value)));
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            pauses = await PauseColumns.ReadBookAsync(reader, ct).ConfigureAwait(false);
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
            {
                var columns = reader.Row;
                var row = DueColumns.Read(new JobId(columns.Uuid()), ref columns);
                if (JobColumns.Complete(row, ref columns) is { } problem && row.Fault is null)
                    (row.Fault, row.State) = (LockedJobs.Unreadable(problem, transaction.Now), row.Pause is null ? JobState.Faulted : JobState.Paused);
                rows.Add(row);
            }
        }
        var busy = rows.Where(static row => row.Open > 0).Select(static row => row.Id.Value).ToArray();
        var open = busy.Length == 0 ? [] : await ReadOpenAsync(transaction, busy, ct).ConfigureAwait(false);
        return [.. rows.Select(row => pauses.Show(row.ToJob(LastRunOf(row, open)), transaction.Now))];
    }

    private static async Task<List<RunRow>> ReadOpenAsync(StoreTransaction transaction, Guid[] jobs, CancellationToken ct)
    {
        var reader = await transaction.Batch().Add("runs_of_jobs", Param.Uuids(jobs)).ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return await RunColumns.ReadAllAsync(reader, ct).ConfigureAwait(false);
    }

    private static RunSummary? LastRunOf(DueRow row, List<RunRow> open) =>
        open.Where(run => run.JobId == row.Id && run.Attempt > 0).MaxBy(static run => run.Id)?.ToSummary() ?? row.LastRun;
}
