namespace Scheduling;

/// <summary>How many jobs of a tenant have one executor, one state and one status of their last run.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JobCount
{
    /// <summary>The key of the executor.</summary>
    public string Executor { get; init; } = "";

    /// <summary>The state.</summary>
    public JobState State { get; init; }

    /// <summary>The status of the last run; null for jobs that never ran.</summary>
    public ExecutionStatus? LastStatus { get; init; }

    /// <summary>How many.</summary>
    public long Count { get; init; }
}
