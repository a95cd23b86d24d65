using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>That somebody asked for the end of an execution.</summary>
[Experimental("SCHED0001")]
public readonly record struct CancelNotice
{
    /// <summary>Makes the note.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="reason">Why, or null.</param>
    public CancelNotice(ExecutionId id, string? reason) => (Id, Reason) = (id, reason);

    /// <summary>The execution.</summary>
    public ExecutionId Id { get; }

    /// <summary>Why, or null.</summary>
    public string? Reason { get; }
}
