using NodaTime;
using Scheduling.Policies;

namespace Scheduling.Promise;

/// <content>What can be seen, and whether it may be so.</content>
public sealed partial class PromiseModel
{
    private async Task ObserveAsync()
    {
        foreach (var job in _jobs)
            CheckRows(job, await RowsAsync(job));
        var running = _jobs.Where(static job => job.Tenant == B).Sum(static job => job.Rows.Values.Count(static row => row.Status == ExecutionStatus.Running));
        Holds(running <= LimitOfB, $"{running} runs of a tenant that may have {LimitOfB}.");
    }

    private async Task<Dictionary<ExecutionId, Execution>> RowsAsync(PromiseJob job)
    {
        var rows = new Dictionary<ExecutionId, Execution>();
        for (Page<Execution>? page = null; page is null || page.HasNextPage;)
        {
            page = await JobsOf(job).Executions.ListAsync(new ExecutionQuery { Job = job.Id, PageSize = 1_000, Cursor = page?.Cursor });
            foreach (var row in page.Items)
                rows.Add(row.Id, row);
        }
        return rows;
    }

    private static void CheckRows(PromiseJob job, Dictionary<ExecutionId, Execution> rows)
    {
        var answers = new List<(SlotRange Slots, Execution? Before)>();
        foreach (var before in job.Rows.Values)
        {
            Holds(rows.TryGetValue(before.Id, out var row), $"A row is gone: {before}");
            if (HasGrown(before, row!))
                answers.Add((row!.Slots!.Value, before));
        }
        foreach (var row in rows.Values.Where(row => row.Slots is not null && !job.Rows.ContainsKey(row.Id)))
            answers.Add((row.Slots!.Value, null));
        foreach (var (slots, before) in answers.OrderBy(static answer => answer.Slots.Last))
            job.Slots.Answer(before is null ? slots : Growth(job, before, slots));
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
            Holds(!before.Status.IsTerminal() || before == row, $"An end was left: {before} is now {row}");
            return false;
        }
        Holds(before.Status is ExecutionStatus.Skipped or ExecutionStatus.Missed, $"A row with a run grows: {row}");
        Holds(before with { Slots = row.Slots, EndedAt = row.EndedAt } == row, $"A row changed otherwise than by growing: {before} is now {row}");
        return true;
    }

    /// <summary>What a row answers for beyond what it did: it must have been the last one to answer.</summary>
    private static SlotRange Growth(PromiseJob job, Execution before, SlotRange slots)
    {
        var old = before.Slots!.Value;
        Holds(slots.First == old.First && job.Slots.Answered == old.Last, $"A row grew that was not the last: {before} to {slots}");
        return new SlotRange(job.Slots.Next, slots.Last, slots.Count - old.Count);
    }

    private static void CheckRow(PromiseJob job, Execution row)
    {
        var said = row.Status switch
        {
            ExecutionStatus.Succeeded => row.Message,
            ExecutionStatus.Failed when row.Reason == ExecutionReason.ReportedFailure => row.Error?.Message,
            _ => null,
        };
        Holds(said is null || said == FormattableString.Invariant($"token {row.Token}"), $"The result of another start was accepted ({said}): {row}");
        Holds(row.Status != ExecutionStatus.Succeeded || said is not null, $"A success that no start reported: {row}");
        Holds(row.Reason != ExecutionReason.Overlap || job.Definition.Overlap != OverlapPolicy.Allow, $"Skipped for overlap, which is allowed: {row}");
        Holds(row.Reason != ExecutionReason.Misfire || job.Definition.Misfire.Mode == MisfireMode.Skip, $"Skipped as late, against the policy: {row}");
    }

    /// <summary>Under Skip one execution is open at most, under QueueOne two.</summary>
    private static void CheckOverlap(PromiseJob job, Dictionary<ExecutionId, Execution> rows)
    {
        var open = rows.Values.Count(static row => !row.Status.IsTerminal());
        var running = rows.Values.Count(static row => row.Status == ExecutionStatus.Running);
        if (job.Definition.Overlap == OverlapPolicy.Skip && job.Definition.Misfire.Mode != MisfireMode.RunAll)
            Holds(open <= 1, $"{open} executions of {job.Key} are open, and one may be.");
        if (job.Definition.Overlap != OverlapPolicy.Allow)
            Holds(running <= 1, $"{running} executions of {job.Key} run, and one may.");
    }
}
