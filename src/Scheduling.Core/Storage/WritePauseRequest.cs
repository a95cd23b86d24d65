using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Storage;

/// <summary>Begins, changes or ends the pause of one scope.</summary>
[Experimental("SCHED0001")]
public sealed record WritePauseRequest
{
    /// <summary>What is paused or resumed.</summary>
    public required PauseScope Scope { get; init; }

    /// <summary>
    /// What becomes of the scope's pause: gets the one in force, or null, and the store's now. The same instance, or null, writes nothing; with one in force the answer replaces it, with none it is a new one. Pure.
    /// </summary>
    public required Func<ScopedPause?, Instant, ScopedPause?> Decide { get; init; }
}
