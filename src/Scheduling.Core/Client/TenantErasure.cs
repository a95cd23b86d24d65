namespace Scheduling;

/// <summary>What was erased of a tenant, so far or in all.</summary>
/// <remarks>A snapshot: immutable and thread-safe.</remarks>
public sealed record TenantErasure
{
    /// <summary>How many jobs.</summary>
    public long Jobs { get; init; }

    /// <summary>How many executions.</summary>
    public long Executions { get; init; }

    /// <summary>How many events of executions.</summary>
    public long Events { get; init; }

    /// <summary>How many secrets.</summary>
    public long Secrets { get; init; }

    /// <summary>How many pauses that name the tenant.</summary>
    public long Pauses { get; init; }

    /// <summary>How many executions still run. They were asked to end and leave nothing behind when they do; erase again after that to be sure.</summary>
    public int StillRunning { get; init; }
}
