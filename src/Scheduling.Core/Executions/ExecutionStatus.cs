namespace Scheduling;

/// <summary>Where an execution stands. The numbers are stored and never change.</summary>
/// <remarks>
/// Pending → Running → one of the ends Succeeded, CompletedWithErrors, Failed, TimedOut, Cancelled or Abandoned; a retry, a hand-back or a lost node leads from Running to Pending again.
/// Pending → Cancelled, Missed or Abandoned without running. Skipped and Missed rows are born ended. An end is never left.
/// </remarks>
public enum ExecutionStatus : byte
{
    /// <summary>Waits for a node: run now, retry, catch-up chain, queued behind another run, or handed back.</summary>
    Pending = 1,

    /// <summary>A node has it, with a lease.</summary>
    Running = 2,

    /// <summary>The work reported success.</summary>
    Succeeded = 3,

    /// <summary>The work was done, with errors worth a look.</summary>
    CompletedWithErrors = 4,

    /// <summary>The work failed and no retry is left.</summary>
    Failed = 5,

    /// <summary>The work did not end within its timeout and the grace after it.</summary>
    TimedOut = 6,

    /// <summary>Somebody asked for the end, and it ended.</summary>
    Cancelled = 7,

    /// <summary>Its node was lost and it may not, or no longer, be started again.</summary>
    Abandoned = 8,

    /// <summary>Slots that were passed over on purpose; no work was started.</summary>
    Skipped = 9,

    /// <summary>Slots that could not be started in time; no work was started.</summary>
    Missed = 10,
}
