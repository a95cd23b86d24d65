namespace Scheduling;

/// <summary>Why a slot's outcome is what it is; see <see cref="SlotAnswer.Cause"/>.</summary>
public enum SlotCause : byte
{
    /// <summary>Nothing to explain: it ran in time, runs in time, or its time has not come.</summary>
    None = 0,

    /// <summary>The job was or is paused by itself.</summary>
    JobPaused = 1,

    /// <summary>Its tenant or executor was or is paused: <see cref="SlotAnswer.PauseScope"/>.</summary>
    WidelyPaused = 2,

    /// <summary>The job stands still: <see cref="Job.Fault"/> of <see cref="SlotAnswer.Job"/>.</summary>
    Faulted = 3,

    /// <summary>No node has the job's executor.</summary>
    NoExecutor = 4,

    /// <summary>No node is alive.</summary>
    NoNode = 5,

    /// <summary>Nodes are alive and nothing forbids it: they have no free place, or are about to take it.</summary>
    NoPlace = 6,

    /// <summary>The tenant has as many executions running as it may have.</summary>
    TenantLimit = 7,

    /// <summary>The tenant may not start more at the moment: its rate.</summary>
    TenantRate = 8,

    /// <summary>No node claimed it in time: they were down or full, or a limit of the tenant held it back. Which of these is not stored.</summary>
    NotClaimed = 9,

    /// <summary>An earlier execution of the job was not finished: <see cref="SlotAnswer.BlockedBy"/>.</summary>
    Overlap = 10,

    /// <summary>It waits or waited behind an earlier execution of the job: <see cref="SlotAnswer.BlockedBy"/>.</summary>
    Queued = 11,

    /// <summary>The last attempt failed and the next one is not due.</summary>
    Retry = 12,

    /// <summary>A stopping node gave it back.</summary>
    HandedBack = 13,

    /// <summary>The node that had it was lost.</summary>
    NodeLost = 14,

    /// <summary>Its window closed before it could start: <see cref="SlotAnswer.WindowEnd"/>.</summary>
    WindowClosed = 15,

    /// <summary>It was older than the misfire policy's age limit.</summary>
    TooOld = 16,

    /// <summary>It was later than the misfire threshold, and the misfire policy skips.</summary>
    Misfire = 17,

    /// <summary>More slots were overdue than a catch-up chain may have.</summary>
    ChainLimit = 18,

    /// <summary>The schedule was changed while it was overdue.</summary>
    Edited = 19,

    /// <summary>Somebody asked for its end.</summary>
    CancelRequested = 20,

    /// <summary>It was started three times and never settled, so it is taken for the cause of the crashes.</summary>
    Poisoned = 21,

    /// <summary>It lies before the job was made.</summary>
    BeforeJob = 22,

    /// <summary>Its row is no longer kept.</summary>
    HistoryGone = 23,

    /// <summary>When it came, the job had another schedule, or stood still because its schedule could not be evaluated.</summary>
    ScheduleChanged = 24,
}
