using Scheduling.PostgreSql.Connections;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Rows;

/// <summary>Writes what runs reported. Few runs report anything, so it has statements of its own, and those of the many stay short.</summary>
internal static class ReportWriter
{
    public static void Add(SqlBatch batch, IReadOnlyCollection<JobSlice> slices, IReadOnlyCollection<EndedRow> history)
    {
        AddEvents(batch, [.. slices.SelectMany(static slice => slice.Events)]);
        AddRuns(batch, [.. slices.SelectMany(static slice => slice.Changed).Where(static run => run.EventCount > 0 || run.Progress is not null)]);
        AddExecutions(batch, [.. history.Where(static row => row.EventCount > 0 || row.Progress is not null)]);

        // A run that ends while its job is deleted leaves no row behind, and no events.
        var gone = slices.Where(static slice => slice.Due.IsDeleted).SelectMany(static slice => slice.Removed).Where(static run => run.EventCount > 0).Select(static run => run.Id.Value).ToArray();
        if (gone.Length > 0)
            batch.Add("clear_events", Param.Uuids(gone));
    }

    private static void AddEvents(SqlBatch batch, IReadOnlyList<(ExecutionId Execution, RunEvent Event)> events)
    {
        if (events.Count == 0)
            return;
        batch.Add(
            "insert_events",
            Param.Uuids(events.Select(static one => one.Execution.Value)),
            Param.Ints(events.Select(static one => one.Event.Number)),
            Param.Times(events.Select(static one => one.Event.At)),
            Param.Ints(events.Select(static one => one.Event.Attempt)),
            Param.Shorts(events.Select(static one => (short)one.Event.Level)),
            Param.Texts(events.Select(static one => one.Event.Name)),
            Param.Texts(events.Select(static one => one.Event.Text)));
    }

    private static void AddRuns(SqlBatch batch, IReadOnlyList<RunRow> rows)
    {
        if (rows.Count == 0)
            return;
        batch.Add(
            "report_runs",
            Param.Uuids(rows.Select(static row => row.Id.Value)),
            Param.Texts(rows.Select(static row => row.Progress?.Phase)),
            Param.Longs(rows.Select(static row => row.Progress?.Done)),
            Param.Longs(rows.Select(static row => row.Progress?.Total)),
            Param.Ints(rows.Select(static row => row.EventCount)),
            Param.Ints(rows.Select(static row => row.EventBytes)),
            Param.Uuids(rows.Select(static row => row.JobId.Value)));
    }

    private static void AddExecutions(SqlBatch batch, IReadOnlyList<EndedRow> rows)
    {
        if (rows.Count == 0)
            return;
        batch.Add(
            "report_executions",
            Param.Uuids(rows.Select(static row => row.Id.Value)),
            Param.Texts(rows.Select(static row => row.Progress?.Phase)),
            Param.Longs(rows.Select(static row => row.Progress?.Done)),
            Param.Longs(rows.Select(static row => row.Progress?.Total)),
            Param.Ints(rows.Select(static row => row.EventCount)),
            Param.Uuids(rows.Select(static row => row.JobId.Value)));
    }
}
