using Scheduling.Policies;

namespace Scheduling.Storage;

/// <summary>A tenant: its limits, what it has running, its jobs in the order of their ids, and its turns.</summary>
internal sealed class TenantEntry(TenantId id)
{
    public TenantId Id { get; } = id;

    public TenantLimits Limits { get; set; } = TenantLimits.None;

    public int Running { get; set; }

    public List<JobEntry> Jobs { get; } = [];

    public List<TurnEntry> Turns { get; } = [];

    /// <summary>The newest history row of the tenant; 0 for none.</summary>
    public long NewestRow { get; set; }

    public bool IsAtLimit => Limits.MaximumRunning is { } maximum && Running >= maximum;
}
