using NodaTime;

namespace Scheduling.Storage.Rows;

/// <summary>An open execution, pending or running, as a database store holds it.</summary>
internal sealed class RunRow
{
    public required ExecutionId Id { get; init; }

    public required JobId JobId { get; init; }

    public required TenantId Tenant { get; init; }

    /// <summary>The executor whose turn serves it while it is pending, and that has it while it runs.</summary>
    public required string Executor { get; set; }

    public ExecutionTrigger Trigger { get; init; }

    public ExecutionStatus Status { get; set; }

    public ExecutionReason Reason { get; set; }

    public SlotRange? Slots { get; init; }

    public Instant DueAt { get; init; }

    public Instant CreatedAt { get; init; }

    public Instant? StartedAt { get; set; }

    /// <summary>When a pending run may start; null while it waits for another to end.</summary>
    public Instant? ReadyAt { get; set; }

    public bool Waits { get; set; }

    /// <summary>The run ahead of it in a catch-up chain; null outside one and for the first.</summary>
    public ExecutionId? WaitsFor { get; set; }

    public int Attempt { get; set; }

    /// <summary>Attempts that failed and were retried.</summary>
    public int Failures { get; set; }

    /// <summary>Starts in a row that nobody settled.</summary>
    public int LostStarts { get; set; }

    public long Token { get; set; }

    /// <summary>Whether the process of the last start has no say any more: it was lost, and its token with it.</summary>
    public bool IsTokenVoid { get; set; }

    public OwnerId? Owner { get; set; }

    public string? Node { get; set; }

    public long ClaimNumber { get; set; }

    public long JobVersion { get; set; }

    public string? Message { get; set; }

    public ExecutionError? Error { get; set; }

    /// <summary>How and why the last failed attempt ended, in case no further one may start.</summary>
    public ExecutionStatus FailureStatus { get; set; }

    public ExecutionReason FailureReason { get; set; }

    public Instant? CancelRequestedAt { get; set; }

    public string? CancelReason { get; set; }

    public string? IdempotencyKey { get; init; }

    /// <summary>The trace in which it was asked for; gone when it ends.</summary>
    public string? TraceParent { get; init; }

    public RunProgress? Progress { get; set; }

    /// <summary>The number of the last event that was reported, which is how many there are.</summary>
    public int EventCount { get; set; }

    public int EventBytes { get; set; }

    /// <summary>Whether the store has no such row yet.</summary>
    public bool IsNew { get; set; }

    /// <summary>Whether it differs from what the store has.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Whether it ended: the store has it no more.</summary>
    public bool IsEnded { get; set; }

    public bool IsCancelRequested => CancelRequestedAt is not null;

    public RunSummary ToSummary(Instant? endedAt = null) => new()
    {
        EndedAt = endedAt,
        Id = Id,
        Status = Status,
        ScheduledFor = Slots?.Last,
        StartedAt = StartedAt,
    };

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
        ReadyAt = Status == ExecutionStatus.Pending ? ReadyAt : null,
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

    /// <summary>The row of the history once it has ended.</summary>
    public EndedRow ToEnded(Instant endedAt) => new()
    {
        Id = Id,
        JobId = JobId,
        Tenant = Tenant,
        Executor = Executor,
        Trigger = Trigger,
        Status = Status,
        Reason = Reason,
        Slots = Slots,
        DueAt = DueAt,
        CreatedAt = CreatedAt,
        StartedAt = StartedAt,
        EndedAt = endedAt,
        Attempt = Attempt,
        Token = Token,
        IsTokenVoid = IsTokenVoid,
        Owner = Owner,
        Node = Node,
        JobVersion = JobVersion,
        Message = Message,
        Error = Error,
        CancelRequestedAt = CancelRequestedAt,
        CancelReason = CancelReason,
        Progress = Progress,
        EventCount = EventCount,
        IdempotencyKey = IdempotencyKey,
    };
}
