using NodaTime;

namespace Scheduling.Storage.Rows;

/// <summary>A row for the history: an execution that ended, or a stretch of slots without a run.</summary>
internal sealed class EndedRow
{
    /// <summary>The execution; for an extension, the row that is extended.</summary>
    public required ExecutionId Id { get; init; }

    public required JobId JobId { get; init; }

    public required TenantId Tenant { get; init; }

    public required string Executor { get; init; }

    public ExecutionTrigger Trigger { get; init; }

    public required ExecutionStatus Status { get; init; }

    public required ExecutionReason Reason { get; init; }

    /// <summary>The slots; for an extension only those that are added.</summary>
    public SlotRange? Slots { get; set; }

    /// <summary>
    /// Whether the row extends one that is there: its last slot, count (at most <see cref="SlotRange.CountLimit"/>) and end are raised. When that row was purged meanwhile, this one is inserted whole.
    /// </summary>
    public bool IsExtension { get; init; }

    public Instant DueAt { get; init; }

    public Instant CreatedAt { get; init; }

    public Instant? StartedAt { get; init; }

    public required Instant EndedAt { get; init; }

    public int Attempt { get; init; }

    public long Token { get; init; }

    /// <summary>Whether the process of the last start has no say any more, so that its result is refused rather than taken for a repetition.</summary>
    public bool IsTokenVoid { get; init; }

    public OwnerId? Owner { get; init; }

    public string? Node { get; init; }

    public long JobVersion { get; init; }

    public string? Message { get; init; }

    public ExecutionError? Error { get; init; }

    public Instant? CancelRequestedAt { get; init; }

    public string? CancelReason { get; init; }

    public string? IdempotencyKey { get; init; }

    public RunProgress? Progress { get; init; }

    public int EventCount { get; init; }

    /// <summary>The execution as people see it.</summary>
    public Execution ToExecution(string jobKey) => new()
    {
        Id = Id,
        Tenant = Tenant,
        JobId = JobId,
        JobKey = jobKey,
        Executor = Executor,
        Trigger = Trigger,
        Status = Status,
        Reason = Reason,
        Slots = Slots,
        DueAt = DueAt,
        CreatedAt = CreatedAt,
        StartedAt = StartedAt,
        EndedAt = EndedAt,
        Attempt = Attempt,
        Token = Token,
        Owner = Owner,
        Node = Node,
        JobVersion = JobVersion,
        Message = Message,
        Error = Error,
        CancelRequestedAt = CancelRequestedAt,
        CancelReason = CancelReason,
        Progress = Progress,
        EventCount = EventCount,
    };
}
