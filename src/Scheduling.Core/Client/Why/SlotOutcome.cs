namespace Scheduling;

/// <summary>What has become of a slot so far; see <see cref="SlotAnswer.Outcome"/>.</summary>
public enum SlotOutcome : byte
{
    /// <summary>The job's schedule names no such slot; <see cref="SlotAnswer.PreviousSlot"/> and <see cref="SlotAnswer.NextSlot"/> are the nearest ones.</summary>
    NotASlot = 1,

    /// <summary>Its start has not come.</summary>
    NotDue = 2,

    /// <summary>Its start has come and nothing has been decided about it.</summary>
    Due = 3,

    /// <summary>Its execution waits: for a retry, behind another execution, or for a node after it was given back.</summary>
    Pending = 4,

    /// <summary>Its execution runs.</summary>
    Running = 5,

    /// <summary>It ran; how that ended is the status of <see cref="SlotAnswer.Execution"/>.</summary>
    Ran = 6,

    /// <summary>It was too late for a run of its own and was counted into the run of a later slot, which is <see cref="SlotAnswer.Execution"/>.</summary>
    Counted = 7,

    /// <summary>It was passed over on purpose.</summary>
    Skipped = 8,

    /// <summary>It could not be started in time.</summary>
    Missed = 9,

    /// <summary>Its execution was ended on request before it ever started.</summary>
    Cancelled = 10,

    /// <summary>No row answers for it: <see cref="SlotAnswer.Cause"/> says why none does.</summary>
    NoRow = 11,
}
