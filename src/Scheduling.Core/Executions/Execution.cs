using NodaTime;

namespace Scheduling;

/// <summary>One run for one slot or trigger with all its attempts, or a stretch of slots that were not run. Execution rows are a job's history.</summary>
/// <remarks>A snapshot: immutable and thread-safe. Times are those of the store's clock.</remarks>
public sealed record Execution
{
    /// <summary>The id; rises with <see cref="CreatedAt"/>.</summary>
    public ExecutionId Id { get; init; }

    /// <summary>The owner of the job.</summary>
    public TenantId Tenant { get; init; }

    /// <summary>The job.</summary>
    public JobId JobId { get; init; }

    /// <summary>The job's key.</summary>
    public string JobKey { get; init; } = "";

    /// <summary>The key of the executor that does the work.</summary>
    public string Executor { get; init; } = "";

    /// <summary>What caused it.</summary>
    public ExecutionTrigger Trigger { get; init; }

    /// <summary>Where it stands.</summary>
    public ExecutionStatus Status { get; init; }

    /// <summary>Why it stands there.</summary>
    public ExecutionReason Reason { get; init; }

    /// <summary>The slots this row answers for: the one it runs for last, and any missed ones counted into it before. Null for a manual run.</summary>
    public SlotRange? Slots { get; init; }

    /// <summary>The slot it runs for: the last of <see cref="Slots"/>. Null for a manual run.</summary>
    public Instant? ScheduledFor => Slots?.Last;

    /// <summary>How many earlier slots are counted into this run because they were missed; for Skipped and Missed rows see <see cref="Slots"/>.</summary>
    public long MissedCount => Status is ExecutionStatus.Skipped or ExecutionStatus.Missed || Slots is not { } slots ? 0 : slots.Count - 1;

    /// <summary>When the work was to start: slot + spread, or when it was asked for.</summary>
    public Instant DueAt { get; init; }

    /// <summary>When this row was made.</summary>
    public Instant CreatedAt { get; init; }

    /// <summary>When the last attempt started; null when none has.</summary>
    public Instant? StartedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>When a pending execution may start; null for one that waits for another to end, and for one that is not pending.</summary>
    public Instant? ReadyAt { get; init; }

    /// <summary>How often the work was started; 0 for none.</summary>
    public int Attempt { get; init; }

    /// <summary>The fencing token of the last start; rises with every start of the job. 0 for none.</summary>
    public long Token { get; init; }

    /// <summary>The process that runs it or ran it last; null when none did.</summary>
    public OwnerId? Owner { get; init; }

    /// <summary>The label of the node that runs it or ran it last; null when none did.</summary>
    public string? Node { get; init; }

    /// <summary>The version of the job's definition that the last attempt read.</summary>
    public long JobVersion { get; init; }

    /// <summary>What the executor said about its result; null when it said nothing. At most 2,048 characters.</summary>
    public string? Message { get; init; }

    /// <summary>What went wrong in the last attempt; null when nothing did.</summary>
    public ExecutionError? Error { get; init; }

    /// <summary>How far the run has come, as it last said; null when it never said.</summary>
    public RunProgress? Progress { get; init; }

    /// <summary>How many events were reported and kept.</summary>
    public int EventCount { get; init; }

    /// <summary>When somebody asked for the end; null when nobody did.</summary>
    public Instant? CancelRequestedAt { get; init; }

    /// <summary>Why somebody asked for the end; null when nobody did or gave no reason.</summary>
    public string? CancelReason { get; init; }
}
