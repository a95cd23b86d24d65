using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>What a write of a job did.</summary>
[Experimental("SCHED0001")]
public sealed record WriteJobResponse
{
    /// <summary>What happened.</summary>
    public required WriteJobOutcome Outcome { get; init; }

    /// <summary>The job as it is now; null when not found.</summary>
    public Job? Job { get; init; }
}
