using NodaTime;
using Scheduling.Planning;

namespace Scheduling.Storage.Rows;

/// <summary>A job's newest history row, when it stands for slots without a run: the one row that may still be extended.</summary>
internal sealed record GapTail
{
    public required ExecutionId Id { get; init; }

    public required ExecutionStatus Status { get; init; }

    public required ExecutionReason Reason { get; init; }

    /// <summary>Its last slot; it may be extended only while that is the last slot of the job, too.</summary>
    public required Instant Last { get; init; }

    /// <summary>Whether a gap that begins right behind the job's last slot goes on with this row.</summary>
    public bool GoesOnWith(SlotGap gap, Instant? lastSlot) => Status == gap.Status && Reason == gap.Reason && Last == lastSlot;
}
