namespace Scheduling;

/// <summary>What became of one job in a bulk call.</summary>
public enum BulkOutcome : byte
{
    /// <summary>It was changed, paused, resumed or deleted, or its run was asked for.</summary>
    Changed = 1,

    /// <summary>There was nothing to do: it was like that already, or the run was asked for before with the same idempotency key.</summary>
    Unchanged = 2,

    /// <summary>There is no such job.</summary>
    NotFound = 3,

    /// <summary>It has another version than the one that was read (<see cref="JobSelection.AsRead"/>), or others changed it ten times in a row while this call tried. Nothing of it changed.</summary>
    Conflict = 4,

    /// <summary>A rule forbids it; <see cref="BulkItem.Error"/> says which. Nothing of it changed.</summary>
    Refused = 5,
}
