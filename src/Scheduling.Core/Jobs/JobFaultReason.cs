namespace Scheduling;

/// <summary>Why a job stands still although nobody paused it. The numbers are stored and never change.</summary>
public enum JobFaultReason : byte
{
    /// <summary>The time zone of its schedule is unknown to this node's zone data.</summary>
    UnknownZone = 1,

    /// <summary>Its schedule named a next slot that does not come after the last one, or could not be evaluated.</summary>
    BadSchedule = 2,

    /// <summary>What is stored of it cannot be read.</summary>
    Unreadable = 3,

    /// <summary>No node has had its executor for ten minutes after it was due.</summary>
    NoExecutor = 4,
}
