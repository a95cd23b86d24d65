using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Running;

/// <summary>Where an engine stands, for health checks and metrics.</summary>
[Experimental("SCHED0001")]
public sealed record EngineSnapshot
{
    /// <summary>The process, as leases name it.</summary>
    public OwnerId Owner { get; init; }

    /// <summary>Whether it can do its work.</summary>
    public EngineState State { get; init; }

    /// <summary>How many runs it has, detached ones included.</summary>
    public int Active { get; init; }

    /// <summary>How many places are free.</summary>
    public int Free { get; init; }

    /// <summary>How many results are not written yet.</summary>
    public int Unsettled { get; init; }

    /// <summary>How many runs went on after their grace.</summary>
    public int Detached { get; init; }

    /// <summary>How long ago, by the monotonic clock, the last tick ended; null when none has.</summary>
    public Duration? SinceLastTick { get; init; }

    /// <summary>What failed last, while the store is unavailable; else null.</summary>
    public Exception? LastFailure { get; init; }
}
