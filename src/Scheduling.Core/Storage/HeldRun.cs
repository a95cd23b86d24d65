using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>An execution that a process believes it has, and the token it has it by.</summary>
[Experimental("SCHED0001")]
public readonly record struct HeldRun
{
    /// <summary>Makes the note.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="token">The token.</param>
    public HeldRun(ExecutionId id, long token) => (Id, Token) = (id, token);

    /// <summary>The execution.</summary>
    public ExecutionId Id { get; }

    /// <summary>The token.</summary>
    public long Token { get; }
}
