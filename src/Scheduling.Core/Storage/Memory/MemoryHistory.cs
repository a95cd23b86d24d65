using NodaTime;
using Scheduling.Planning;

namespace Scheduling.Storage;

/// <summary>The ended executions of a store: appending, extending, looking up and dropping rows. Needs the store's lock.</summary>
internal sealed class MemoryHistory(int capacity)
{
    private readonly HistoryRing _ring = new(capacity);

    // Rows lie in the order of their writing even when the clock steps back.
    private long _lastWritten = long.MinValue;

    public long Count => _ring.Count;

    /// <summary>Adds a row, dropping the oldest when the history is full; the caller fills it in.</summary>
    public ref HistoryRow Append(JobEntry job, MemoryState state, long now)
    {
        if (_ring.IsFull)
            DropOldest(state);
        ref var row = ref _ring.Append(job);
        row.WrittenAt = _lastWritten = Math.Max(now, _lastWritten);
        return ref row;
    }

    /// <summary>Extends a job's newest row by slots that follow it for the same reason: the one change that a history row may see.</summary>
    public bool TryExtend(JobEntry job, SlotGap gap, long now)
    {
        if (!_ring.Holds(job.NewestRow))
            return false;
        ref var row = ref _ring[job.NewestRow];
        if (row.Job != job || row.Status != gap.Status || row.Reason != gap.Reason || row.Slots is not { } slots || Ticks.Of(slots.Last) != job.LastSlot)
            return false;
        row.Slots = slots.Join(gap.Slots);
        row.EndedAt = now;
        return true;
    }

    /// <summary>Finds an ended execution: an end is not written before its beginning, so the search starts at the id's own time.</summary>
    public long Find(ExecutionId id)
    {
        var made = (UuidV7.UnitsOf(id.Value) >> 12) * NodaConstants.TicksPerMillisecond;
        for (var number = _ring.FirstWrittenFrom(made - NodaConstants.TicksPerSecond); number <= _ring.Newest; number++)
        {
            if (_ring[number].Id == id)
                return number;
        }
        return 0;
    }

    public ref HistoryRow Row(long number) => ref _ring[number];

    /// <summary>The rows of a job or a tenant, newest first, as numbers.</summary>
    public IEnumerable<long> Chain(JobEntry? job, TenantEntry tenant)
    {
        for (var number = job?.NewestRow ?? tenant.NewestRow; _ring.Holds(number); number = job is null ? _ring[number].OlderOfTenant : _ring[number].OlderOfJob)
            yield return number;
    }

    /// <summary>Drops rows that ended before a time; a row that was extended since is written anew at the other end.</summary>
    public int DropEndedBefore(long time, int most, MemoryState state)
    {
        var dropped = 0;
        while (dropped < most && _ring.Count > 0 && _ring[_ring.Oldest].WrittenAt < time)
        {
            var oldest = _ring[_ring.Oldest];
            DropOldest(state, keepsRequest: oldest.EndedAt >= time);
            if (oldest.IsVisible && oldest.EndedAt >= time)
                Rewrite(oldest);
            else
                dropped++;
        }
        return dropped;
    }

    /// <summary>Clears the rows of a deleted job.</summary>
    /// <returns>Whether all are cleared.</returns>
    public bool Clear(JobEntry job, int most, MemoryState state, ref int cleared)
    {
        for (var number = job.NewestRow; _ring.Holds(number); number = job.NewestRow)
        {
            if (cleared == most)
                return false;
            ref var row = ref _ring[number];
            job.NewestRow = row.OlderOfJob;
            if (row.IdempotencyKey is { } key)
                state.Requests.Remove((job.Id, key));
            var (older, written) = (row.OlderOfTenant, row.WrittenAt);
            row = default;
            (row.OlderOfTenant, row.WrittenAt) = (older, written);
            cleared++;
        }
        return true;
    }

    private void Rewrite(HistoryRow old)
    {
        ref var row = ref _ring.Append(old.Job!);
        var (ofJob, ofTenant) = (row.OlderOfJob, row.OlderOfTenant);
        row = old;
        (row.OlderOfJob, row.OlderOfTenant) = (ofJob, ofTenant);
        row.WrittenAt = _lastWritten = Math.Max(old.EndedAt, _lastWritten);
    }

    private void DropOldest(MemoryState state, bool keepsRequest = false)
    {
        ref var row = ref _ring[_ring.Oldest];
        if (!keepsRequest && row is { IdempotencyKey: { } key, Job: { } job })
            state.Requests.Remove((job.Id, key));
        _ring.DropOldest();
    }
}
