using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Running;

/// <summary>What one tick did, and how long the next may wait.</summary>
[Experimental("SCHED0001")]
public readonly record struct TickResult
{
    /// <summary>Makes a result.</summary>
    /// <param name="claimed">How many runs were claimed.</param>
    /// <param name="settled">How many results were written.</param>
    /// <param name="wait">How long the next tick may wait; not negative.</param>
    public TickResult(int claimed, int settled, Duration wait) => (Claimed, Settled, Wait) = (claimed, settled, wait);

    /// <summary>How many runs were claimed.</summary>
    public int Claimed { get; }

    /// <summary>How many results were written.</summary>
    public int Settled { get; }

    /// <summary>How long the next tick may wait unless it is woken; zero to go on at once.</summary>
    public Duration Wait { get; }

    /// <summary>Whether a claim is still on its way: whoever ticks does so before anything that takes time, because the runs that it brings are leased and must start.</summary>
    public bool HasClaimsUnderway { get; init; }
}
