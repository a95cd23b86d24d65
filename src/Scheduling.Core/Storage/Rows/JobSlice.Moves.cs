using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;

namespace Scheduling.Storage.Rows;

/// <content>The moves.</content>
internal sealed partial class JobSlice
{
    /// <summary>Writes a plan: rows without a run, the next slot, new executions.</summary>
    /// <returns>The execution to start now, or null.</returns>
    public RunRow? Apply(in DuePlan plan, DuePlanner planner, Instant now)
    {
        IsDueChanged = true;
        foreach (var gap in plan.Gaps ?? [])
            Write(gap, now);
        if (plan.EndsPause)
            Due.Pause = null;
        Due.Fault = plan.Fault;
        Due.LastSlot = plan.LastSlot;
        Due.NextSlot = plan.NextSlot;
        Due.NextStart = plan.NextStart;
        Due.State = JobStates.Of(Due.Definition.Schedule, Due.Pause, Due.Fault, plan.NextSlot);
        return plan.Run is { } run ? AddPlanned(run, plan.Chain, planner, now) : null;
    }

    /// <summary>Takes over an edit; pending executions follow the job to another executor.</summary>
    public void Edit(JobEdit edit, Instant now)
    {
        IsDueChanged = true;
        if (edit.Gap is { } gap)
            Write(gap, now);
        Due.Take(edit.Job);
        foreach (var run in _open)
        {
            if (run.Status != ExecutionStatus.Pending || string.Equals(run.Executor, Due.Executor, StringComparison.Ordinal))
                continue;
            run.Executor = Due.Executor;
            run.IsChanged = true;
            HasNewlyReady = true;
        }
    }

    /// <summary>The tombstone: what is pending is cancelled, what runs may still settle, and nothing more goes to the history.</summary>
    public void Delete(SlotGap? overdue, Instant now)
    {
        IsDueChanged = true;
        if (overdue is { } gap)
            Write(gap, now);
        Due.IsDeleted = true;
        foreach (var run in _open.ToArray())
        {
            if (run.Status == ExecutionStatus.Pending && !run.IsEnded)
                End(run, ExecutionStatus.Cancelled, ExecutionReason.Deleted, now);
        }
    }

    /// <summary>Nobody has the executor: the job stands still, visibly, until somebody has.</summary>
    /// <returns>Why.</returns>
    public JobFault Park(Instant now)
    {
        var fault = new JobFault
        {
            Reason = JobFaultReason.NoExecutor,
            Message = $"No node has the executor '{Due.Executor}': start one that registers it, or change the job's executor.",
            Since = now,
        };
        (Due.Fault, Due.State, IsDueChanged) = (fault, JobState.Parked, true);
        return fault;
    }

    /// <summary>Somebody has the executor again: the job goes on where it stood.</summary>
    public void Unpark()
    {
        (Due.Fault, IsDueChanged) = (null, true);
        Due.State = JobStates.Of(Due.Definition.Schedule, Due.Pause, fault: null, Due.NextSlot);
    }

    /// <summary>What is stored of the job cannot be read, or its schedule cannot be evaluated: that job alone stands still.</summary>
    public void Break(JobFault fault)
    {
        (Due.Fault, IsDueChanged) = (fault, true);
        Due.State = JobStates.Of(Due.Definition.Schedule, Due.Pause, fault, Due.NextSlot);
    }

    /// <summary>The execution in the way of a run now: the running one before those that wait; null when the overlap policy allows another.</summary>
    public RunRow? InTheWay()
    {
        var overlap = Due.Definition.Overlap;
        if (overlap == OverlapPolicy.Allow || Due.Open == 0 || (overlap == OverlapPolicy.QueueOne && Due.Waiting == 0))
            return null;
        return _open.FindLast(static run => run.Status == ExecutionStatus.Running) ?? _open[^1];
    }

    /// <summary>A run now; nothing may be in the way.</summary>
    public RunRow Enqueue(EnqueueRequest request, Instant now)
    {
        var waits = Due.Open > 0 && Due.Definition.Overlap == OverlapPolicy.QueueOne;
        return Add(new RunRow
        {
            Id = _ids.Next(now),
            JobId = Due.Id,
            Tenant = Due.Tenant,
            Executor = Due.Executor,
            Trigger = ExecutionTrigger.Manual,
            Status = ExecutionStatus.Pending,
            Reason = waits ? ExecutionReason.Queued : ExecutionReason.None,
            DueAt = now,
            CreatedAt = now,
            ReadyAt = waits ? null : now,
            Waits = waits,
            IdempotencyKey = request.IdempotencyKey,
            TraceParent = request.TraceParent,
            IsNew = true,
        });
    }

    /// <summary>Leases an execution to a process; the start counts from here.</summary>
    public void Start(RunRow run, OwnerId owner, string node, long claimNumber, Instant now)
    {
        run.Status = ExecutionStatus.Running;
        run.Reason = ExecutionReason.None;
        run.StartedAt = now;
        run.ReadyAt = null;
        run.Attempt++;
        run.LostStarts++;
        run.Token = ++Due.Fence;
        run.IsTokenVoid = false;
        (run.Owner, run.Node, run.ClaimNumber) = (owner, node, claimNumber);
        run.JobVersion = Due.Version;
        run.Executor = Due.Executor;
        run.IsChanged = true;
        IsDueChanged = true;
        RunningDelta++;
    }

    /// <summary>The result of an attempt. Only the token that has the execution is heard.</summary>
    /// <returns>What became of it; null when the execution is not open: <see cref="OutcomeOfEnded"/> tells.</returns>
    public SettlementOutcome? Settle(Settlement settlement, Instant now)
    {
        if (Find(settlement.Id) is not { } run)
            return null;
        if (run.Token != settlement.Token)
            return SettlementOutcome.LeaseLost;
        if (run.Status != ExecutionStatus.Running)
            return run.IsTokenVoid ? SettlementOutcome.LeaseLost : SettlementOutcome.Repeated;
        Report(run, settlement.Report);
        if (settlement.Kind == SettlementKind.HandBack)
            HandBack(run, settlement.HadBegun, now);
        else
            SettleAttempt(run, settlement, now);
        return SettlementOutcome.Accepted;
    }

    /// <summary>What a result means for an execution that has ended: written before, or refused.</summary>
    public static SettlementOutcome OutcomeOfEnded(Settlement settlement, long token, bool isTokenVoid) =>
        token == settlement.Token && !isTokenVoid ? SettlementOutcome.Repeated : SettlementOutcome.LeaseLost;

    /// <summary>A stopping process, or one that never heard of the run, gives it back: no lost start, and no attempt unless the work had begun.</summary>
    public void HandBack(RunRow run, bool hadBegun, Instant now)
    {
        run.LostStarts--;
        if (!hadBegun)
            run.Attempt--;
        if (run.Attempt == 0)
            run.StartedAt = null;
        MakePending(run, ExecutionReason.HandedBack, now, now);
    }

    /// <summary>The process of a running execution is lost: it starts again, unless the job forbids it or it looks like the cause.</summary>
    /// <returns>Whether it became pending.</returns>
    public bool Orphan(RunRow run, Instant now)
    {
        run.IsTokenVoid = true;
        var isPoisoned = run.LostStarts >= PoisonousStarts;
        if (isPoisoned || Due.Definition.Orphans == OrphanPolicy.Abandon)
        {
            End(run, ExecutionStatus.Abandoned, isPoisoned ? ExecutionReason.Poisoned : ExecutionReason.NodeLost, now);
            return false;
        }
        MakePending(run, ExecutionReason.Reclaimed, now, now);
        return !run.IsEnded;
    }

    /// <summary>Whether the window of a pending execution's slot has closed, so that no attempt may start.</summary>
    public bool IsOutsideWindow(RunRow run, Instant now) =>
        run.Slots is { } slots && Due.Definition.Schedule.WindowEnd(slots.Last) is { } end && end <= now;

    /// <summary>The window wins over retries and reclaims: an attempt that did not start in it does not start.</summary>
    /// <returns>The slots that are missed, when there was no attempt at all.</returns>
    public SlotGap? EndOutsideWindow(RunRow run, Instant now)
    {
        if (run.Attempt == 0)
        {
            End(run, ExecutionStatus.Missed, ExecutionReason.WindowClosed, now);
            return new SlotGap(run.Status, run.Reason, run.Slots!.Value);
        }
        if (run.Failures > 0)
            End(run, run.FailureStatus, run.FailureReason, now);
        else
            End(run, ExecutionStatus.Abandoned, ExecutionReason.WindowClosed, now);
        return null;
    }

    /// <summary>Somebody asks for the end: a pending execution ends at once, a running one keeps the request for its owner.</summary>
    public void Cancel(RunRow run, string? reason, Instant now)
    {
        if (!run.IsCancelRequested)
            (run.CancelRequestedAt, run.CancelReason, run.IsChanged) = (now, reason, true);
        if (run.Status == ExecutionStatus.Pending)
            End(run, ExecutionStatus.Cancelled, ExecutionReason.CancelRequested, now);
    }

    /// <summary>Moves an execution to the history and lets the one that waits for it go.</summary>
    public void End(RunRow run, ExecutionStatus status, ExecutionReason reason, Instant now)
    {
        if (run.Status == ExecutionStatus.Running)
            RunningDelta--;
        (run.Status, run.Reason, run.IsEnded, IsDueChanged) = (status, reason, true, true);
        _open.Remove(run);
        (_ended ??= []).Add(run);
        Due.Open--;
        if (run.Waits)
            Due.Waiting--;
        if (run.Attempt > 0)
            Due.LastRun = run.ToSummary(now);
        if (status.IsSuccess() && !(Due.LastSuccessAt >= run.StartedAt))
            Due.LastSuccessAt = run.StartedAt;
        if (!Due.IsDeleted)
            WriteEnded(run, now);
        LetNextGo(run, now);
    }

    private RunRow AddPlanned(PlannedRun planned, IReadOnlyList<SlotRange>? chain, DuePlanner planner, Instant now)
    {
        var run = AddScheduled(planned.Slots, planned.Waits, ahead: null, planner, now);
        var last = run;
        for (var i = 0; i < chain?.Count; i++)
            last = AddScheduled(chain[i], waits: true, last.Id, planner, now);
        return run;
    }

    private RunRow AddScheduled(SlotRange slots, bool waits, ExecutionId? ahead, DuePlanner planner, Instant now) => Add(new RunRow
    {
        Id = _ids.Next(now),
        JobId = Due.Id,
        Tenant = Due.Tenant,
        Executor = Due.Executor,
        Trigger = ExecutionTrigger.Schedule,
        Status = ExecutionStatus.Pending,
        Reason = waits ? ExecutionReason.Queued : ExecutionReason.None,
        Slots = slots,
        DueAt = Due.Definition.Schedule.StartOf(slots.Last, Due.Context(planner)),
        CreatedAt = now,
        ReadyAt = waits ? null : now,
        Waits = waits,
        WaitsFor = ahead,
        IsNew = true,
    });

    private RunRow Add(RunRow run)
    {
        _open.Add(run);
        Due.Open++;
        if (run.Waits)
            Due.Waiting++;
        else
            HasNewlyReady = true;
        IsDueChanged = true;
        return run;
    }

    private void SettleAttempt(RunRow run, Settlement settlement, Instant now)
    {
        run.LostStarts = 0;
        run.Message = settlement.Message;
        run.Error = settlement.Error;
        if (settlement.Kind == SettlementKind.End)
        {
            End(run, settlement.Status, settlement.Reason, now);
            return;
        }
        run.Failures++;
        run.FailureReason = settlement.Reason;
        run.FailureStatus = settlement.Status.IsTerminal() ? settlement.Status : ExecutionStatus.Failed;
        var delay = Duration.Min(Duration.Max(settlement.RetryAfter, Duration.Zero), RetryPolicy.LongestDelay);
        MakePending(run, ExecutionReason.Retry, now + delay, now);
    }

    /// <summary>A running execution goes back to pending; or ends when its end was asked for or its job is deleted.</summary>
    private void MakePending(RunRow run, ExecutionReason reason, Instant readyAt, Instant now)
    {
        if (run.IsCancelRequested || Due.IsDeleted)
        {
            End(run, ExecutionStatus.Cancelled, run.IsCancelRequested ? ExecutionReason.CancelRequested : ExecutionReason.Deleted, now);
            return;
        }
        RunningDelta--;
        run.Status = ExecutionStatus.Pending;
        run.Reason = reason;
        run.ReadyAt = readyAt;
        run.Executor = Due.Executor;
        run.IsChanged = true;
        HasNewlyReady = true;
    }
}
