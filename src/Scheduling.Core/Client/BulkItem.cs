namespace Scheduling;

/// <summary>What became of one job in a bulk call.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BulkItem
{
    /// <summary>The job as the call named it; its id when a filter found it.</summary>
    public JobRef Requested { get; internal init; }

    /// <summary>What became of it.</summary>
    public BulkOutcome Outcome { get; internal init; }

    /// <summary>The job as it is now; null when it is not found or deleted, and for runs that were asked for.</summary>
    public Job? Job { get; internal init; }

    /// <summary>The run that was asked for, or the one in its way; else null.</summary>
    public Execution? Execution { get; internal init; }

    /// <summary>Why it was refused or given up: what the call for a single job would have thrown. Null for the other outcomes.</summary>
    public Exception? Error { get; internal init; }
}
