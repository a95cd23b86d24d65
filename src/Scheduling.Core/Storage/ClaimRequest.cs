using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduling.Planning;

namespace Scheduling.Storage;

/// <summary>Who claims, how much, and what is settled along the way.</summary>
[Experimental("SCHED0001")]
public sealed record ClaimRequest
{
    /// <summary>The claiming process.</summary>
    public required OwnerId Owner { get; init; }

    /// <summary>Its node's label, for people.</summary>
    public required string Node { get; init; }

    /// <summary>
    /// Counts this process's claims from 1. Stored with the claimed runs: a claim repeated with the same number after a lost answer gets the same runs again, and a renewal can tell a stray from
    /// a claim whose answer is still on its way.
    /// </summary>
    public required long Number { get; init; }

    /// <summary>The executors that the process has, each with its free places. Only work for these is claimed.</summary>
    public required IReadOnlyList<ExecutorCapacity> Executors { get; init; }

    /// <summary>The free places in all; 0 settles and looks, but takes nothing.</summary>
    public required int Free { get; init; }

    /// <summary>How many of the free places are kept for tenants that have nothing running in this process.</summary>
    public int Reserved { get; init; }

    /// <summary>The tenants that have something running in this process; may be empty when <see cref="Reserved"/> cannot matter.</summary>
    public IReadOnlyCollection<TenantId> BusyTenants { get; init; } = [];

    /// <summary>How long the process's lease is, counted from the store's now.</summary>
    public required Duration Lease { get; init; }

    /// <summary>Decides about each due job.</summary>
    public required DuePlanner Planner { get; init; }

    /// <summary>Results to write first, in the same transaction.</summary>
    public IReadOnlyList<Settlement> Settlements { get; init; } = [];
}
