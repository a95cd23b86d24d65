using NodaTime;
using Scheduling.Planning;

namespace Scheduling.Storage;

/// <summary>The ended executions of a store: appending, extending, looking up and dropping rows. Needs the store's lock.</summary>
internal sealed class MemoryHistory(int capacity)
{
    private readonly HistoryRing _ring = new(capacity);

    public long Count => _ring.Count;

    /// <summary>Adds a row, dropping the oldest when the history is full; the caller fills in the rest.</summary>
    public ref HistoryRow Append(JobEntry job, ExecutionId id, long now, MemoryState state)
    {
        if (_ring.IsFull)
            DropOldest(state);
        var written = TimeToWrite(id, now);
        ref var row = ref _ring.Append(job);
        row.Id = id;
        row.WrittenAt = written;
        return ref row;
    }

    /// <summary>Extends a job's newest row by slots that follow it for the same reason: the one change that a history row may see.</summary>
    public bool TryExtend(JobEntry job, SlotGap gap, long now)
    {
        if (!_ring.Holds(job.NewestRow))
            return false;
        ref var row = ref _ring[job.NewestRow];
        if (row.Job != job || row.Status != gap.Status || row.Reason != gap.Reason || row.Slots.ToRange() is not { } slots || row.Slots.Last != job.LastSlot)
            return false;
        row.Slots = SlotTicks.Of(slots.Join(gap.Slots));
        row.EndedAt = now;
        return true;
    }

    /// <summary>Finds an ended execution: no row is written before its id was made, so the search starts at the id's own time.</summary>
    public long Find(ExecutionId id)
    {
        for (var number = _ring.FirstWrittenFrom(TimeOf(id)); number <= _ring.Newest; number++)
        {
            if (_ring[number].Id == id)
                return number;
        }
        return 0;
    }

    public ref HistoryRow Row(long number) => ref _ring[number];

    /// <summary>When the newest row of a job ended; the beginning of time when it has none.</summary>
    public long LastEnd(JobEntry job) => _ring.Holds(job.NewestRow) ? _ring[job.NewestRow].EndedAt : long.MinValue;

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

    /// <summary>Clears the rows of a tenant, newest first, until as many as given are cleared.</summary>
    /// <returns>How many were cleared.</returns>
    public int Clear(TenantEntry tenant, int most, MemoryState state, ref long events)
    {
        var cleared = 0;
        for (var number = tenant.NewestRow; _ring.Holds(number) && cleared < most; number = tenant.NewestRow)
        {
            ref var row = ref _ring[number];
            tenant.NewestRow = row.OlderOfTenant;
            if (row.Job is null)
                continue;
            if (row.IdempotencyKey is { } key)
                state.Requests.Remove((row.Job.Id, key));
            events += row.Notes?.Events.Count ?? 0;
            var written = row.WrittenAt;
            row = default;
            row.WrittenAt = written;
            cleared++;
        }
        return cleared;
    }

    /// <summary>When a row counts as written. Never before the row ahead of it nor before its id was made, also when the clock goes back, because searches rely on that order.</summary>
    private long TimeToWrite(ExecutionId id, long now) => Math.Max(Math.Max(now, TimeOf(id)), _ring.Count == 0 ? 0 : _ring[_ring.Newest].WrittenAt);

    private static long TimeOf(ExecutionId id) => (UuidV7.UnitsOf(id.Value) >> 12) * NodaConstants.TicksPerMillisecond;

    private void Rewrite(HistoryRow old)
    {
        var written = TimeToWrite(old.Id, old.EndedAt);
        ref var row = ref _ring.Append(old.Job!);
        var (ofJob, ofTenant) = (row.OlderOfJob, row.OlderOfTenant);
        row = old;
        (row.OlderOfJob, row.OlderOfTenant) = (ofJob, ofTenant);
        row.WrittenAt = written;
    }

    private void DropOldest(MemoryState state, bool keepsRequest = false)
    {
        ref var row = ref _ring[_ring.Oldest];
        if (!keepsRequest && row is { IdempotencyKey: { } key, Job: { } job })
            state.Requests.Remove((job.Id, key));
        _ring.DropOldest();
    }
}
