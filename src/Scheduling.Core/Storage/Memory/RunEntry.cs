using NodaTime;

namespace Scheduling.Storage;

/// <summary>An open execution, pending or running. All under the state's lock. An entry whose execution has ended serves another one later; until then it still says what ended.</summary>
internal sealed class RunEntry(ExecutionId id, JobEntry job) : HeapItem
{
    public ExecutionId Id { get; private set; } = id;

    public JobEntry Job { get; private set; } = job;

    public RunEntry? NextOfJob { get; set; }

    public ExecutionTrigger Trigger { get; set; }

    public ExecutionStatus Status { get; set; }

    public ExecutionReason Reason { get; set; }

    /// <summary>The slots it answers for; none for a manual run.</summary>
    public SlotTicks Slots { get; set; }

    public long DueAt { get; set; }

    public long CreatedAt { get; set; }

    public long StartedAt { get; set; } = Ticks.None;

    /// <summary>When a pending run may start; none while it waits for another to end.</summary>
    public long ReadyAt { get; set; } = Ticks.None;

    public bool Waits { get; set; }

    /// <summary>The neighbours in a catch-up chain: each waits for the one before it, whatever else of the job is open.</summary>
    public RunEntry? PreviousInChain { get; set; }

    public RunEntry? NextInChain { get; set; }

    public int Attempt { get; set; }

    /// <summary>Attempts that failed and were retried.</summary>
    public int Failures { get; set; }

    /// <summary>Starts in a row that nobody settled.</summary>
    public int LostStarts { get; set; }

    public long Token { get; set; }

    /// <summary>Whether the process of the last start has no say any more: it was lost, and its token with it.</summary>
    public bool IsTokenVoid { get; set; }

    public ProcessEntry? Process { get; set; }

    /// <summary>The executor at the last start; the job's may be another by now.</summary>
    public string Executor { get; set; } = "";

    public long ClaimNumber { get; set; }

    public long JobVersion { get; set; }

    public string? Message { get; set; }

    public ExecutionError? Error { get; set; }

    /// <summary>Why the last failed attempt failed, in case no further one may start.</summary>
    public ExecutionReason FailureReason { get; set; }

    public ExecutionStatus FailureStatus { get; set; }

    public long CancelRequestedAt { get; set; } = Ticks.None;

    public string? CancelReason { get; set; }

    public string? IdempotencyKey { get; set; }

    public string? TraceParent { get; set; }

    public RunNotes? Notes { get; set; }

    public bool IsCancelRequested => CancelRequestedAt != Ticks.None;

    /// <summary>Becomes another execution, in the state of a new one.</summary>
    public void Reuse(ExecutionId id, JobEntry job)
    {
        (Id, Job) = (id, job);
        (NextOfJob, PreviousInChain, NextInChain, Process) = (null, null, null, null);
        (Trigger, Status, Reason, Slots) = (default, default, default, default);
        (StartedAt, ReadyAt, CancelRequestedAt) = (Ticks.None, Ticks.None, Ticks.None);
        (DueAt, CreatedAt, Token, ClaimNumber, JobVersion) = (0, 0, 0, 0, 0);
        (Attempt, Failures, LostStarts, Waits, IsTokenVoid) = (0, 0, 0, false, false);
        (FailureReason, FailureStatus) = (default, default);
        (Executor, Message, Error, CancelReason, IdempotencyKey, TraceParent, Notes) = ("", null, null, null, null, null, null);
    }

    public RunSummary ToSummary() => new()
    {
        Id = Id,
        Status = Status,
        ScheduledFor = Ticks.ToInstantOrNull(Slots.Last),
        StartedAt = Ticks.ToInstantOrNull(StartedAt),
    };

    public Execution ToExecution() => new()
    {
        Id = Id,
        Tenant = Job.Tenant.Id,
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
        ReadyAt = Status == ExecutionStatus.Pending ? Ticks.ToInstantOrNull(ReadyAt) : null,
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
