using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Storage;

/// <summary>A store's state, for health checks and metrics.</summary>
[Experimental("SCHED0001")]
public sealed record StoreStatus
{
    /// <summary>The most pauses that a status lists: 100.</summary>
    public const int MaximumPauses = 100;

    /// <summary>The store's now.</summary>
    public required Instant StoreNow { get; init; }

    /// <summary>The start of the oldest work that is due and waits for a place, paused work aside; null when nothing waits.</summary>
    public Instant? OldestDue { get; init; }

    /// <summary>How many executions are open.</summary>
    public int OpenExecutions { get; init; }

    /// <summary>How many processes have a lease, or had one within the last minute: an idle process renews at its safety poll only.</summary>
    public int LiveProcesses { get; init; }

    /// <summary>Executors that jobs name and no process has had lately, in ordinal order.</summary>
    public IReadOnlyList<string> ExecutorsWithoutNode { get; init; } = [];

    /// <summary>The pauses of tenants and executors that are in force, in the order of <see cref="IPauseStore.ListAsync"/>; at most <see cref="MaximumPauses"/>.</summary>
    public IReadOnlyList<ScopedPause> Pauses { get; init; } = [];

    /// <summary>How many jobs are parked for want of an executor.</summary>
    public int ParkedJobs { get; init; }
}
