using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>What a run-now request led to.</summary>
[Experimental("SCHED0001")]
public sealed record EnqueueResponse
{
    /// <summary>What happened.</summary>
    public required EnqueueOutcome Outcome { get; init; }

    /// <summary>The new execution, the repeated one or the one in the way; else null.</summary>
    public Execution? Execution { get; init; }

    /// <summary>The pause of the tenant or executor that forbids the run; else null.</summary>
    public ScopedPause? Pause { get; init; }
}
