using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>What a request to end an execution led to.</summary>
[Experimental("SCHED0001")]
public sealed record CancelResponse
{
    /// <summary>The execution as it is now: ended, or running with its request recorded.</summary>
    public required Execution Execution { get; init; }

    /// <summary>False when the execution had ended before.</summary>
    public bool Accepted { get; init; }
}
