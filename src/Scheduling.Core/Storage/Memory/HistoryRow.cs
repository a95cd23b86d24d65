namespace Scheduling.Storage;

/// <summary>An ended execution. A struct in a ring, so that a million runs a second leave no old objects behind.</summary>
internal struct HistoryRow
{
    public ExecutionId Id;

    /// <summary>The job; null for a row that is gone.</summary>
    public JobEntry? Job;
    public string Executor;
    public ExecutionTrigger Trigger;
    public ExecutionStatus Status;
    public ExecutionReason Reason;
    public SlotTicks Slots;
    public long DueAt;
    public long CreatedAt;
    public long StartedAt;
    public long EndedAt;

    /// <summary>When the row was written; unlike <see cref="EndedAt"/> it never changes, so rows lie in its order.</summary>
    public long WrittenAt;
    public int Attempt;
    public long Token;
    public bool IsTokenVoid;
    public ProcessEntry? Process;
    public long JobVersion;
    public string? Message;
    public ExecutionError? Error;
    public long CancelRequestedAt;
    public string? CancelReason;
    public string? IdempotencyKey;
    public RunNotes? Notes;
    public long OlderOfJob;
    public long OlderOfTenant;

    public readonly bool IsVisible => Job is { IsDeleted: false };

    public readonly Execution ToExecution() => new()
    {
        Id = Id,
        Tenant = Job!.Tenant.Id,
        JobId = Job.Id,
        JobKey = Job.Definition.Key!,
        Executor = Executor,
        Trigger = Trigger,
        Status = Status,
        Reason = Reason,
        Slots = Slots.ToRange(),
        DueAt = Ticks.ToInstant(DueAt),
        CreatedAt = Ticks.ToInstant(CreatedAt),
        StartedAt = Ticks.ToInstantOrNull(StartedAt),
        EndedAt = Ticks.ToInstant(EndedAt),
        Attempt = Attempt,
        Token = Token,
        Owner = Process?.Owner,
        Node = Process?.Node,
        JobVersion = JobVersion,
        Message = Message,
        Error = Error,
        CancelRequestedAt = Ticks.ToInstantOrNull(CancelRequestedAt),
        CancelReason = CancelReason,
        Progress = Notes?.Progress,
        EventCount = Notes?.Events.Count ?? 0,
    };
}
