namespace Scheduling;

/// <summary>Why an execution stands where it stands. The numbers are stored and never change.</summary>
public enum ExecutionReason : byte
{
    /// <summary>Nothing to add: the status says it all.</summary>
    None = 0,

    /// <summary>Pending: waits for its retry.</summary>
    Retry = 1,

    /// <summary>Pending: waits for an earlier execution of the job to end (a queued run or a catch-up chain).</summary>
    Queued = 2,

    /// <summary>Pending: a stopping node gave it back; not counted against the job.</summary>
    HandedBack = 3,

    /// <summary>Pending: its node was lost and it starts again.</summary>
    Reclaimed = 4,

    /// <summary>Failed: the executor returned a failure.</summary>
    ReportedFailure = 10,

    /// <summary>Failed: the executor, its constructor, its dependencies or its disposal threw.</summary>
    Exception = 11,

    /// <summary>Failed: the payload could not be read as the type the executor asked for; never retried.</summary>
    PayloadInvalid = 12,

    /// <summary>TimedOut: the timeout and the grace after it are over.</summary>
    Timeout = 20,

    /// <summary>Cancelled: on request.</summary>
    CancelRequested = 30,

    /// <summary>Cancelled: its job was deleted before it ran. Missed: the job was deleted while slots were overdue.</summary>
    Deleted = 31,

    /// <summary>Abandoned: its node was lost and the job's orphan policy forbids another start.</summary>
    NodeLost = 40,

    /// <summary>Abandoned: it was started three times and never settled, so it is taken for the cause of the crashes.</summary>
    Poisoned = 41,

    /// <summary>Skipped: an earlier execution of the job was not finished.</summary>
    Overlap = 50,

    /// <summary>Skipped: the job was paused. Missed: the job was paused while slots were overdue.</summary>
    Paused = 51,

    /// <summary>Skipped: later than the misfire threshold, and the misfire policy skips.</summary>
    Misfire = 52,

    /// <summary>Missed: the window of the pinned hour or day closed before the work could start.</summary>
    WindowClosed = 60,

    /// <summary>Missed: older than the misfire policy's age limit.</summary>
    TooOld = 61,

    /// <summary>Missed: more slots were overdue than a catch-up chain may have.</summary>
    ChainLimit = 62,

    /// <summary>Missed: the schedule was changed while slots were overdue.</summary>
    Edited = 63,
}
