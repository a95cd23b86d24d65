using NodaTime;
using Scheduling.Planning;

namespace Scheduling.Storage.Rows;

/// <content>What follows an end: the history, and those that waited.</content>
internal sealed partial class JobSlice
{
    private void LetNextGo(RunRow ended, Instant now)
    {
        if (_open.Find(run => run.WaitsFor == ended.Id) is { } behind)
        {
            (behind.WaitsFor, behind.IsChanged) = (ended.WaitsFor, true);
            if (behind is { WaitsFor: null, Waits: true })
                Let(behind, now);
            return;
        }
        if (Due.Waiting > 0 && Due.Open == Due.Waiting && _open.Find(static run => run.Waits) is { } oldest)
            Let(oldest, now);
    }

    private void Let(RunRow run, Instant now)
    {
        (run.Waits, run.ReadyAt, run.IsChanged) = (false, now, true);
        Due.Waiting--;
        HasNewlyReady = true;
    }

    private void WriteEnded(RunRow run, Instant now)
    {
        Due.Tail = null;
        (_history ??= []).Add(run.ToEnded(now));
    }

    /// <summary>Writes the row of slots that are not run, or extends the job's newest row by them.</summary>
    private void Write(SlotGap gap, Instant now)
    {
        var isExtension = Due.Tail is { } tail && tail.GoesOnWith(gap, Due.LastSlot);
        var id = isExtension ? Due.Tail!.Id : _ids.Next(now);
        Due.Tail = new GapTail { Id = id, Status = gap.Status, Reason = gap.Reason, Last = gap.Slots.Last };
        Due.LastSlot = gap.Slots.Last;
        if (isExtension && _history?.Find(row => row.Id == id) is { } fresh)
            fresh.Slots = fresh.Slots!.Value.Join(gap.Slots);
        else
            (_history ??= []).Add(ToRow(gap, id, isExtension, now));
    }

    private EndedRow ToRow(SlotGap gap, ExecutionId id, bool isExtension, Instant now) => new()
    {
        Id = id,
        JobId = Due.Id,
        Tenant = Due.Tenant,
        Executor = Due.Executor,
        Status = gap.Status,
        Reason = gap.Reason,
        Slots = gap.Slots,
        IsExtension = isExtension,
        DueAt = gap.Slots.First,
        CreatedAt = now,
        EndedAt = now,
        JobVersion = Due.Version,
    };
}
