using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Planning;

/// <summary>What the planner needs to know of one job that may be due.</summary>
[Experimental("SCHED0001")]
public readonly record struct DueWork
{
    /// <summary>The job's definition.</summary>
    public JobDefinition Definition { get; init; }

    /// <summary>Anchor, spread and zones of the job's schedule.</summary>
    public ScheduleContext Context { get; init; }

    /// <summary>The slot that was planned; null for a job whose pause ends now.</summary>
    public Instant? NextSlot { get; init; }

    /// <summary>The last slot that is answered for.</summary>
    public Instant? LastSlot { get; init; }

    /// <summary>The pause; only one that has an end is ever due.</summary>
    public Pause? Pause { get; init; }

    /// <summary>How many executions of the job, scheduled or manual, are not finished.</summary>
    public int OpenExecutions { get; init; }

    /// <summary>Whether one of them waits behind another.</summary>
    public bool HasQueued { get; init; }

    /// <summary>When the job's tenant or executor was paused, as far as the job has not answered for that time yet: pauses that have ended, in order and apart; null for none.</summary>
    public IReadOnlyList<Interval>? PausedPeriods { get; init; }

    /// <summary>Since when a tenant limit holds this work back; that time is no lateness.</summary>
    public Instant? HeldSince { get; init; }
}
