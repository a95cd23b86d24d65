using NodaTime;
using Scheduling.Policies;

namespace Scheduling.Core.Tests.Storage.Model;

/// <content>What can be seen, and whether it may be so.</content>
internal sealed partial class StoreModel
{
    private async Task ObserveAsync()
    {
        foreach (var job in _jobs)
            CheckRows(job, await RowsAsync(job));
        Holds(Running(B) <= LimitOfB, $"{Running(B)} of a limited tenant run.");
        Assert.Equal(Running(B), (await _store.Jobs.GetTenantAsync(B, default)).Running);
    }

    private async Task<Dictionary<ExecutionId, Execution>> RowsAsync(ModelJob job)
    {
        var rows = new Dictionary<ExecutionId, Execution>();
        for (Page<Execution>? page = null; page is null || page.HasNextPage;)
        {
            page = await _scheduler.ForTenant(job.Tenant).Executions.ListAsync(new ExecutionQuery { Job = job.Id, PageSize = 1_000, Cursor = page?.Cursor });
            foreach (var row in page.Items)
                rows.Add(row.Id, row);
        }
        return rows;
    }

    private void CheckRows(ModelJob job, Dictionary<ExecutionId, Execution> rows)
    {
        var answers = new List<(SlotRange Slots, Execution? Before)>();
        foreach (var before in job.Rows.Values)
        {
            var row = rows.GetValueOrDefault(before.Id);
            Holds(row is not null, $"A row is gone: {before}");
            if (HasGrown(before, row!))
                answers.Add((row!.Slots!.Value, before));
        }
        foreach (var row in rows.Values.Where(row => row.Slots is not null && !job.Rows.ContainsKey(row.Id)))
            answers.Add((row.Slots!.Value, null));
        foreach (var (slots, before) in answers.OrderBy(static answer => answer.Slots.Last))
            job.Answer(before is null ? slots : Growth(job, before, slots));
        foreach (var row in rows.Values)
            CheckRow(job, row);
        CheckOverlap(job, rows);
        job.Rows = rows;
    }

    /// <summary>Whether an ended row got further slots; it changes in no other way.</summary>
    private static bool HasGrown(Execution before, Execution row)
    {
        if (before.Slots == row.Slots)
        {
            if (before.Status.IsTerminal() && before != row)
                Assert.Equal(before, row);
            return false;
        }
        Holds(before.Status is ExecutionStatus.Skipped or ExecutionStatus.Missed, $"A row with a run grows: {row}");
        Assert.Equal(before with { Slots = row.Slots, EndedAt = row.EndedAt }, row);
        return true;
    }

    /// <summary>What a row answers for beyond what it did: it must have been the last one to answer.</summary>
    private static SlotRange Growth(ModelJob job, Execution before, SlotRange slots)
    {
        var old = before.Slots!.Value;
        Assert.Equal((old.First, Instant.FromUnixTimeSeconds(job.Answered)), (slots.First, old.Last));
        return new SlotRange(Instant.FromUnixTimeSeconds(job.Next), slots.Last, slots.Count - old.Count);
    }

    private void CheckRow(ModelJob job, Execution row)
    {
        if (row.Status is ExecutionStatus.Skipped or ExecutionStatus.Missed)
        {
            Holds(IsReason(job, row), $"Not a reason: {row}");
            return;
        }
        if (!_runs.TryGetValue(row.Id, out var run))
        {
            Holds(row is { Status: ExecutionStatus.Pending, Reason: ExecutionReason.Queued } && job.Overlap == OverlapPolicy.QueueOne, $"Out of nothing: {row}");
            _runs[row.Id] = run = new ModelRun(job);
        }
        Holds((run.Status, run.Attempt, run.Token) == (row.Status, row.Attempt, row.Token), $"{run.Status}, attempt {run.Attempt}, token {run.Token} was expected: {row}");
    }

    private static bool IsReason(ModelJob job, Execution row) => (row.Status, row.Reason) switch
    {
        (ExecutionStatus.Skipped, ExecutionReason.Overlap) => job.Overlap != OverlapPolicy.Allow,
        (ExecutionStatus.Skipped, ExecutionReason.Misfire) => job.Misfire == MisfireMode.Skip,
        (ExecutionStatus.Skipped, ExecutionReason.Paused) => true,
        (ExecutionStatus.Missed, ExecutionReason.Paused or ExecutionReason.Edited) => true,
        _ => false,
    };

    private static void CheckOverlap(ModelJob job, Dictionary<ExecutionId, Execution> rows)
    {
        var open = rows.Values.Count(static row => !row.Status.IsTerminal());
        var running = rows.Values.Count(static row => row.Status == ExecutionStatus.Running);
        if (job.Overlap == OverlapPolicy.Skip)
            Holds(open <= 1, $"{open} executions of {job.Key} are open.");
        if (job.Overlap == OverlapPolicy.QueueOne)
            Holds(open <= 2 && running <= 1, $"{open} executions of {job.Key} are open, {running} run.");
    }
}
