using Scheduling.Policies;

namespace Scheduling.Storage;

/// <summary>A tenant: its limits, what it has running, its jobs in the order of their ids, and its turns.</summary>
internal sealed class TenantEntry(TenantId id)
{
    public TenantId Id { get; } = id;

    public TenantLimits Limits { get; private set; } = TenantLimits.None;

    public int Running { get; set; }

    public List<JobEntry> Jobs { get; } = [];

    public List<TurnEntry> Turns { get; } = [];

    /// <summary>The newest history row of the tenant; 0 for none.</summary>
    public long NewestRow { get; set; }

    /// <summary>The last claim that found something of the tenant running in its process; see <see cref="MemoryState.NextClaim"/>.</summary>
    public long BusyClaim { get; set; }

    /// <summary>When the bucket of the tenant's rate is full again; none when it is.</summary>
    public long RateFullAt { get; set; } = Ticks.None;

    /// <summary>Until when a limit holds the tenant's work back: none for until one of its runs ends; not after now when nothing holds it.</summary>
    public long HeldUntil(long now)
    {
        if (Limits.MaximumRunning is { } maximum && Running >= maximum)
            return Ticks.None;
        return Limits.MaximumRate is { } rate && rate.HeldUntil(Ticks.ToInstantOrNull(RateFullAt), Ticks.ToInstant(now)) is { } until ? Ticks.Of(until) : now;
    }

    /// <summary>Sets the limits; a new rate begins with a full bucket.</summary>
    public void SetLimits(TenantLimits limits)
    {
        if (limits.MaximumRate != Limits.MaximumRate)
            RateFullAt = Ticks.None;
        Limits = limits;
    }

    public void CountStart(long now)
    {
        Running++;
        if (Limits.MaximumRate is { } rate)
            RateFullAt = Ticks.Of(rate.Take(Ticks.ToInstantOrNull(RateFullAt), Ticks.ToInstant(now)));
    }
}
