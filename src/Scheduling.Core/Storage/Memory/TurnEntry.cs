namespace Scheduling.Storage;

/// <summary>When a tenant's work for one executor may next be served, and that work: due jobs by start, pending runs by when they are ready.</summary>
internal sealed class TurnEntry(TenantEntry tenant, ExecutorEntry executor) : HeapItem
{
    public TenantEntry Tenant { get; } = tenant;

    public ExecutorEntry Executor { get; } = executor;

    public MinHeap<JobEntry> Due { get; } = new();

    public MinHeap<RunEntry> Pending { get; } = new();

    /// <summary>When the tenant's limit began to hold this work back; none while it does not.</summary>
    public long HeldSince { get; set; } = Ticks.None;

    /// <summary>When the turn comes; none while it is held or has nothing.</summary>
    public long TurnAt { get; set; } = Ticks.None;

    /// <summary>The earliest work of this turn.</summary>
    public long Earliest => Math.Min(Due.PeekKey, Pending.PeekKey);
}
