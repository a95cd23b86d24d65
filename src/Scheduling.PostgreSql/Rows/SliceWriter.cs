using NodaTime;
using Scheduling.PostgreSql.Connections;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Rows;

/// <summary>Writes what moves made of locked jobs: each table in one statement, whatever the number of jobs.</summary>
internal static class SliceWriter
{
    public static void Add(SqlBatch batch, IReadOnlyCollection<JobSlice> slices, Instant now)
    {
        AddRemoved(batch, slices);
        AddDue(batch, [.. slices.Where(static slice => slice.IsDueChanged).Select(static slice => slice.Due)], now);
        AddChanged(batch, [.. slices.SelectMany(static slice => slice.Changed)]);
        AddNew(batch, [.. slices.SelectMany(static slice => slice.Added)]);
        var history = slices.SelectMany(static slice => slice.History).ToList();
        AddHistory(batch, [.. history.Where(static row => !row.IsExtension)]);
        AddExtensions(batch, [.. history.Where(static row => row.IsExtension)], now);
        ReportWriter.Add(batch, slices, history);
        AddTenants(batch, slices, now);
    }

    private static void AddRemoved(SqlBatch batch, IReadOnlyCollection<JobSlice> slices)
    {
        var removed = slices.SelectMany(static slice => slice.Removed).ToList();
        if (removed.Count > 0)
            batch.Add("delete_runs", Param.Uuids(removed.Select(static run => run.JobId.Value)), Param.Uuids(removed.Select(static run => run.Id.Value)));
    }

    private static void AddDue(SqlBatch batch, IReadOnlyList<DueRow> rows, Instant now)
    {
        if (rows.Count == 0)
            return;
        batch.Add(
            "write_due",
            Param.Uuids(rows.Select(static row => row.Id.Value)),
            Param.Texts(rows.Select(static row => row.Executor)),
            Param.Longs(rows.Select(static row => row.Version)),
            Param.Shorts(rows.Select(static row => (short)row.State)),
            Param.Bools(rows.Select(static row => row.IsDeleted)),
            Param.Times(rows.Select(static row => row.DueAt)),
            Param.Times(rows.Select(static row => row.NextSlot)),
            Param.Times(rows.Select(static row => row.NextStart)),
            Param.Times(rows.Select(static row => row.LastSlot)),
            Param.Longs(rows.Select(static row => row.Fence)),
            Param.Ints(rows.Select(static row => row.Open)),
            Param.Ints(rows.Select(static row => row.Waiting)),
            Param.Uuids(rows.Select(static row => row.LastRun?.Id.Value)),
            Param.Shorts(rows.Select(static row => (short?)row.LastRun?.Status)),
            Param.Times(rows.Select(static row => row.LastRun?.ScheduledFor)),
            Param.Times(rows.Select(static row => row.LastRun?.StartedAt)),
            Param.Times(rows.Select(static row => row.LastRun?.EndedAt)),
            Param.Times(rows.Select(static row => row.LastSuccessAt)),
            Param.Uuids(rows.Select(static row => row.Tail?.Id.Value)),
            Param.Shorts(rows.Select(static row => (short?)row.Tail?.Status)),
            Param.Shorts(rows.Select(static row => (short?)row.Tail?.Reason)),
            Param.Times(rows.Select(static row => row.Tail?.Last)),
            Param.Times(rows.Select(static row => row.Pause?.Since)),
            Param.Times(rows.Select(static row => row.Pause?.Until)),
            Param.Texts(rows.Select(static row => row.Pause?.By)),
            Param.Texts(rows.Select(static row => row.Pause?.Reason)),
            Param.Shorts(rows.Select(static row => (short?)row.Fault?.Reason)),
            Param.Texts(rows.Select(static row => row.Fault?.Message)),
            Param.Times(rows.Select(static row => row.Fault?.Since)),
            Param.Times(rows.Select(row => row.State == JobState.Completed ? now : (Instant?)null)));
    }

    private static void AddChanged(SqlBatch batch, IReadOnlyList<RunRow> rows)
    {
        if (rows.Count == 0)
            return;
        batch.Add(
            "update_runs",
            Param.Uuids(rows.Select(static row => row.Id.Value)),
            Param.Texts(rows.Select(static row => row.Executor)),
            Param.Shorts(rows.Select(static row => (short)row.Status)),
            Param.Shorts(rows.Select(static row => (short)row.Reason)),
            Param.Times(rows.Select(static row => row.StartedAt)),
            Param.Times(rows.Select(static row => row.ReadyAt)),
            Param.Bools(rows.Select(static row => row.Waits)),
            Param.Uuids(rows.Select(static row => row.WaitsFor?.Value)),
            Param.Ints(rows.Select(static row => row.Attempt)),
            Param.Ints(rows.Select(static row => row.Failures)),
            Param.Ints(rows.Select(static row => row.LostStarts)),
            Param.Longs(rows.Select(static row => row.Token)),
            Param.Bools(rows.Select(static row => row.IsTokenVoid)),
            Param.Uuids(rows.Select(static row => row.Owner?.Value)),
            Param.Texts(rows.Select(static row => row.Node)),
            Param.Longs(rows.Select(static row => row.ClaimNumber)),
            Param.Longs(rows.Select(static row => row.JobVersion)),
            Param.Texts(rows.Select(static row => row.Message)),
            Param.Texts(rows.Select(static row => row.Error?.Type)),
            Param.Texts(rows.Select(static row => row.Error?.Message)),
            Param.Texts(rows.Select(static row => row.Error?.Detail)),
            Param.Shorts(rows.Select(static row => (short)row.FailureStatus)),
            Param.Shorts(rows.Select(static row => (short)row.FailureReason)),
            Param.Times(rows.Select(static row => row.CancelRequestedAt)),
            Param.Texts(rows.Select(static row => row.CancelReason)),
            Param.Uuids(rows.Select(static row => row.JobId.Value)));
    }

    private static void AddNew(SqlBatch batch, IReadOnlyList<RunRow> rows)
    {
        if (rows.Count == 0)
            return;
        batch.Add(
            "insert_runs",
            Param.Uuids(rows.Select(static row => row.Id.Value)),
            Param.Uuids(rows.Select(static row => row.JobId.Value)),
            Param.Texts(rows.Select(static row => row.Tenant.Value)),
            Param.Texts(rows.Select(static row => row.Executor)),
            Param.Shorts(rows.Select(static row => (short)row.Trigger)),
            Param.Shorts(rows.Select(static row => (short)row.Status)),
            Param.Shorts(rows.Select(static row => (short)row.Reason)),
            Param.Times(rows.Select(static row => row.Slots?.First)),
            Param.Times(rows.Select(static row => row.Slots?.Last)),
            Param.Longs(rows.Select(static row => row.Slots?.Count)),
            Param.Times(rows.Select(static row => row.DueAt)),
            Param.Times(rows.Select(static row => row.CreatedAt)),
            Param.Times(rows.Select(static row => row.StartedAt)),
            Param.Times(rows.Select(static row => row.ReadyAt)),
            Param.Bools(rows.Select(static row => row.Waits)),
            Param.Uuids(rows.Select(static row => row.WaitsFor?.Value)),
            Param.Ints(rows.Select(static row => row.Attempt)),
            Param.Ints(rows.Select(static row => row.Failures)),
            Param.Ints(rows.Select(static row => row.LostStarts)),
            Param.Longs(rows.Select(static row => row.Token)),
            Param.Bools(rows.Select(static row => row.IsTokenVoid)),
            Param.Uuids(rows.Select(static row => row.Owner?.Value)),
            Param.Texts(rows.Select(static row => row.Node)),
            Param.Longs(rows.Select(static row => row.ClaimNumber)),
            Param.Longs(rows.Select(static row => row.JobVersion)),
            Param.Shorts(rows.Select(static row => (short)row.FailureStatus)),
            Param.Shorts(rows.Select(static row => (short)row.FailureReason)),
            Param.Times(rows.Select(static row => row.CancelRequestedAt)),
            Param.Texts(rows.Select(static row => row.CancelReason)),
            Param.Texts(rows.Select(static row => row.IdempotencyKey)));
    }

    private static void AddHistory(SqlBatch batch, IReadOnlyList<EndedRow> rows)
    {
        if (rows.Count == 0)
            return;
        batch.Add(
            "insert_executions",
            Param.Uuids(rows.Select(static row => row.Id.Value)),
            Param.Uuids(rows.Select(static row => row.JobId.Value)),
            Param.Texts(rows.Select(static row => row.Tenant.Value)),
            Param.Texts(rows.Select(static row => row.Executor)),
            Param.Shorts(rows.Select(static row => (short)row.Trigger)),
            Param.Shorts(rows.Select(static row => (short)row.Status)),
            Param.Shorts(rows.Select(static row => (short)row.Reason)),
            Param.Times(rows.Select(static row => row.Slots?.First)),
            Param.Times(rows.Select(static row => row.Slots?.Last)),
            Param.Longs(rows.Select(static row => row.Slots?.Count)),
            Param.Times(rows.Select(static row => row.DueAt)),
            Param.Times(rows.Select(static row => row.CreatedAt)),
            Param.Times(rows.Select(static row => row.StartedAt)),
            Param.Times(rows.Select(static row => row.EndedAt)),
            Param.Ints(rows.Select(static row => row.Attempt)),
            Param.Longs(rows.Select(static row => row.Token)),
            Param.Bools(rows.Select(static row => row.IsTokenVoid)),
            Param.Uuids(rows.Select(static row => row.Owner?.Value)),
            Param.Texts(rows.Select(static row => row.Node)),
            Param.Longs(rows.Select(static row => row.JobVersion)),
            Param.Texts(rows.Select(static row => row.Message)),
            Param.Texts(rows.Select(static row => row.Error?.Type)),
            Param.Texts(rows.Select(static row => row.Error?.Message)),
            Param.Texts(rows.Select(static row => row.Error?.Detail)),
            Param.Times(rows.Select(static row => row.CancelRequestedAt)),
            Param.Texts(rows.Select(static row => row.CancelReason)),
            Param.Texts(rows.Select(static row => row.IdempotencyKey)));
    }

    private static void AddExtensions(SqlBatch batch, IReadOnlyList<EndedRow> rows, Instant now)
    {
        if (rows.Count == 0)
            return;
        batch.Add(
            "extend_executions",
            Param.Uuids(rows.Select(static row => row.Id.Value)),
            Param.Uuids(rows.Select(static row => row.JobId.Value)),
            Param.Texts(rows.Select(static row => row.Tenant.Value)),
            Param.Texts(rows.Select(static row => row.Executor)),
            Param.Shorts(rows.Select(static row => (short)row.Status)),
            Param.Shorts(rows.Select(static row => (short)row.Reason)),
            Param.Times(rows.Select(static row => row.Slots!.Value.First)),
            Param.Times(rows.Select(static row => row.Slots!.Value.Last)),
            Param.Longs(rows.Select(static row => row.Slots!.Value.Count)),
            Param.Time(now),
            Param.Longs(rows.Select(static row => row.JobVersion)),
            Param.Long(SlotRange.CountLimit));
    }

    private static void AddTenants(SqlBatch batch, IReadOnlyCollection<JobSlice> slices, Instant now)
    {
        var differences = slices
            .Where(static slice => slice.RunningDelta != 0)
            .GroupBy(static slice => slice.Due.Tenant, static slice => slice.RunningDelta)
            .Select(static group => (Tenant: group.Key, Difference: group.Sum()))
            .Where(static one => one.Difference != 0)
            .OrderBy(static one => one.Tenant)
            .ToList();
        if (differences.Count > 0)
            batch.Add("write_tenants", Param.Time(now), Param.Texts(differences.Select(static one => one.Tenant.Value)), Param.Ints(differences.Select(static one => one.Difference)));
    }
}
