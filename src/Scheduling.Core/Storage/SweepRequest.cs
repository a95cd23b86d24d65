using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduling.Planning;

namespace Scheduling.Storage;

/// <summary>One round of housekeeping.</summary>
[Experimental("SCHED0001")]
public sealed record SweepRequest
{
    /// <summary>The sweeping process.</summary>
    public required OwnerId Owner { get; init; }

    /// <summary>Whether executions of lost processes are taken back. False for one lease after an outage or a jump of the store's clock, when everybody's lease looks over.</summary>
    public required bool ReclaimsOrphans { get; init; }

    /// <summary>When the store's now lies after this, its clock has jumped since the process last heard of it, and no lease is judged in this round; null for no bound.</summary>
    public Instant? ClockBound { get; init; }

    /// <summary>How long ended executions, and completed jobs with theirs, are kept.</summary>
    public required Duration Retention { get; init; }

    /// <summary>Whether jobs may be parked for want of an executor. False while the sweeping process has not itself been up for <see cref="ParkAfter"/>: after an outage of everything, the node that has the executor may only be slower to start.</summary>
    public bool ParksJobs { get; init; } = true;

    /// <summary>How long due work may wait for an executor that nobody has before its job is parked, and how long an absent process still counts for its executors.</summary>
    public required Duration ParkAfter { get; init; }

    /// <summary>The most rows of each kind to touch.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>Decides about each job that is parked or taken up again.</summary>
    public required DuePlanner Planner { get; init; }
}
