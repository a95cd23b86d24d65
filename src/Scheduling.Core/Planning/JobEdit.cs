using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Planning;

/// <summary>What an edit makes of a job: its new state and, when slots were overdue or passed in a pause, the row that answers for them.</summary>
/// <remarks>A store writes both in one transaction.</remarks>
[Experimental("SCHED0001")]
public sealed record JobEdit
{
    /// <summary>The job after the edit; the same instance when nothing changed.</summary>
    public required Job Job { get; init; }

    /// <summary>Whether anything changed. False: nothing is written, and the version stays.</summary>
    public bool IsChange { get; init; } = true;

    /// <summary>The row for overdue or paused slots, or null.</summary>
    public SlotGap? Gap { get; init; }
}
