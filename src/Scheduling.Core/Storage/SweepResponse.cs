using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Storage;

/// <summary>What one round of housekeeping did.</summary>
[Experimental("SCHED0001")]
public sealed record SweepResponse
{
    /// <summary>The store's now.</summary>
    public required Instant StoreNow { get; init; }

    /// <summary>How many executions of lost processes became pending again.</summary>
    public int Reclaimed { get; init; }

    /// <summary>How many executions of lost processes were abandoned.</summary>
    public int Abandoned { get; init; }

    /// <summary>How many ended executions were removed.</summary>
    public int Purged { get; init; }

    /// <summary>How many deleted or completed jobs were removed.</summary>
    public int RemovedJobs { get; init; }

    /// <summary>The jobs that were parked because nobody has their executor.</summary>
    public IReadOnlyList<FaultedJob> Parked { get; init; } = [];

    /// <summary>How many parked jobs were taken up again.</summary>
    public int Unparked { get; init; }

    /// <summary>The version of the zone data of the sweeping process (<see cref="IDateTimeZoneProvider.VersionId"/>); null from a store that does not look after them.</summary>
    public string? Zones { get; init; }

    /// <summary>The version of the zone data by which next runs were computed until a walk over the jobs began in this round, because the sweeping process has newer ones; null when none began.</summary>
    public string? ZonesBefore { get; init; }

    /// <summary>The version of the store's zone data when they are newer than those of the sweeping process, which goes on computing by its own; null when they are not.</summary>
    public string? NewerZones { get; init; }

    /// <summary>How many jobs got another next run in this round because zone data changed.</summary>
    public int Revised { get; init; }

    /// <summary>Whether a limit was reached and another round should follow soon.</summary>
    public bool HasMore { get; init; }
}
