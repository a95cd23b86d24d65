namespace Scheduling;

/// <summary>Which jobs of a tenant: all those that meet every condition that is set.</summary>
/// <remarks>Immutable and thread-safe; equality by value. The default sets none.</remarks>
public sealed record JobFilter
{
    /// <summary>No condition.</summary>
    public static JobFilter None { get; } = new();

    /// <summary>Keys that begin with this text, compared ordinally; at most 128 characters. Null or empty for any.</summary>
    public string? KeyPrefix { get; init; }

    /// <summary>Names that contain this text, whatever the case of the letters A-Z; at most 256 characters, none of them special. Null or empty for any.</summary>
    public string? NameContains { get; init; }

    /// <summary>Jobs of this executor; null for any.</summary>
    public string? Executor { get; init; }

    /// <summary>Jobs that are in this state; null for any.</summary>
    public JobState? State { get; init; }

    /// <summary>True: jobs whose active flag is set. False: those that are paused themselves. A pause of the tenant or executor does not count. Null for any.</summary>
    public bool? IsActive { get; init; }

    /// <summary>True: jobs that a pause stops, their own or that of their tenant or executor. False: those that none stops. Null for any.</summary>
    public bool? IsPaused { get; init; }

    /// <summary>True: jobs whose next run should have started before now by the store's clock. False: the others, those without a next run included. Null for any.</summary>
    public bool? IsOverdue { get; init; }

    /// <summary>Jobs whose last run has this status; null for any.</summary>
    public ExecutionStatus? LastStatus { get; init; }
}
