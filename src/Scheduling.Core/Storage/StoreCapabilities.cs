using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>What a store can do beyond the protocol, so that nobody asks for its type or name.</summary>
[Experimental("SCHED0001")]
public sealed record StoreCapabilities
{
    /// <summary>Whether jobs survive the end of the process.</summary>
    public bool IsDurable { get; init; }

    /// <summary>Whether several processes may work on it.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether its calls never wait for anything outside this process, so that they need no deadline.</summary>
    public bool AnswersAtOnce { get; init; }

    /// <summary>Whether it tells of new work at once (<see cref="IClaimStore.Subscribe"/>), so that an idle loop need not look often.</summary>
    public bool SendsWakes { get; init; }

    /// <summary>Whether claims of one process may be on their way together, and are the faster for it: their numbers then reach the store in any order. A store whose calls take turns says no.</summary>
    public bool OverlapsClaims { get; init; }
}
