using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>What a write of a job did.</summary>
[Experimental("SCHED0001")]
public sealed record WriteJobResponse
{
    /// <summary>What happened.</summary>
    public required WriteJobOutcome Outcome { get; init; }

    /// <summary>The job as it is now; null when not found, and when there are too many.</summary>
    public Job? Job { get; init; }

    /// <summary>How many jobs the tenant has, when there are too many; else 0.</summary>
    public int JobCount { get; init; }
}
