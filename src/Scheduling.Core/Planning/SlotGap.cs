using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Planning;

/// <summary>A stretch of due slots that gets a history row without a run: what a planner decided about them and why.</summary>
/// <remarks>A store writes it as one row, or extends the job's newest row when that has the same status and reason and ends where this one begins.</remarks>
[Experimental("SCHED0001")]
public readonly record struct SlotGap
{
    /// <summary>Makes a gap.</summary>
    /// <param name="status">Skipped or Missed.</param>
    /// <param name="reason">Why.</param>
    /// <param name="slots">Which slots.</param>
    public SlotGap(ExecutionStatus status, ExecutionReason reason, SlotRange slots) => (Status, Reason, Slots) = (status, reason, slots);

    /// <summary>Skipped or Missed.</summary>
    public ExecutionStatus Status { get; }

    /// <summary>Why.</summary>
    public ExecutionReason Reason { get; }

    /// <summary>Which slots.</summary>
    public SlotRange Slots { get; }
}
