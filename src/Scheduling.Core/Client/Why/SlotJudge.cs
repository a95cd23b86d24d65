using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling;

/// <summary>Says why a slot is where it is: by its row when there is one, else by the planner that nodes claim with. Pure: the same facts give the same answer.</summary>
internal sealed class SlotJudge
{
    private readonly DuePlanner _planner;
    private readonly SlotFacts _facts;
    private readonly ScheduleContext _context;
    private readonly SlotPauses _pauses;

    private SlotJudge(SlotFacts facts, DuePlanner planner)
    {
        (_facts, _planner) = (facts, planner);
        _context = planner.ContextOf(facts.Job.Tenant, facts.Job.Definition, facts.Job.Anchor);
        _pauses = new SlotPauses(facts);
    }

    private Job Job => _facts.Job;

    private Instant Slot => _facts.Slot;

    private Instant Now => _facts.Now;

    /// <summary>When the work of a slot starts by the schedule as it is now; the slot itself when nobody can say.</summary>
    public static Instant StartOf(Job job, Instant slot, DuePlanner planner)
    {
        try
        {
            return job.Schedule.StartOf(slot, planner.ContextOf(job.Tenant, job.Definition, job.Anchor));
        }
        catch (ScheduleZoneException)
        {
            return slot;
        }
    }

    public static SlotAnswer Judge(SlotFacts facts, DuePlanner planner) => new SlotJudge(facts, planner).Judge();

    private SlotAnswer Judge()
    {
        SlotAnswer answer;
        bool isSlot;
        try
        {
            isSlot = Job.Schedule.LatestAtOrBefore(Slot, _context) == Slot;
            answer = Around(isSlot);
        }
        catch (ScheduleZoneException)
        {
            // The zone is unknown here: only what is stored can be told.
            isSlot = _facts.Row.Row is not null;
            answer = Empty with { Start = isSlot ? Slot : null };
        }
        if (_facts.Row.Row is { } row && (isSlot || row.Slots!.Value.First == Slot || row.Slots.Value.Last == Slot))
            return OfRow(answer with { Execution = row, Start = StartIn(row) });
        if (Job.Fault is { Reason: not JobFaultReason.NoExecutor })
            return answer with { Outcome = answer.Start > Now ? SlotOutcome.NotDue : SlotOutcome.NoRow, Cause = SlotCause.Faulted };
        if (!isSlot)
            return answer with { Outcome = SlotOutcome.NotASlot };
        return answer.Start > Now ? NotDue(answer) : WithoutRow(answer);
    }

    private SlotAnswer Empty => new()
    {
        Slot = Slot,
        AsOf = Now,
        Job = _facts.Pauses.Show(Job, Now),
    };

    private SlotAnswer Around(bool isSlot) => Empty with
    {
        Start = isSlot ? Job.Schedule.StartOf(Slot, _context) : null,
        WindowEnd = isSlot ? Job.Schedule.WindowEnd(Slot) : null,
        PreviousSlot = Job.Schedule.LatestAtOrBefore(Slot - Duration.FromNanoseconds(1), _context),
        NextSlot = Job.Schedule.NextAfter(Slot, _context),
    };

    /// <summary>A run's own row knows the start that was true then, also when the schedule is another one now.</summary>
    private Instant StartIn(Execution row) =>
        row.Slots!.Value.Last == Slot && row.Status is not (ExecutionStatus.Skipped or ExecutionStatus.Missed) ? row.DueAt : StartOf(Job, Slot, _planner);

    private SlotAnswer OfRow(SlotAnswer answer) => answer.Execution!.Status switch
    {
        ExecutionStatus.Skipped => Passed(answer with { Outcome = SlotOutcome.Skipped }),
        ExecutionStatus.Missed => Passed(answer with { Outcome = SlotOutcome.Missed }),
        _ when answer.Execution.ScheduledFor != Slot => Counted(answer),
        ExecutionStatus.Pending => Waiting(answer),
        ExecutionStatus.Running => Running(answer),
        ExecutionStatus.Cancelled when answer.Execution.Attempt == 0 => answer with { Outcome = SlotOutcome.Cancelled, Cause = SlotCause.CancelRequested },
        _ => Ran(answer),
    };

    private SlotAnswer Passed(SlotAnswer answer) => answer.Execution!.Reason switch
    {
        ExecutionReason.Overlap => answer with { Cause = SlotCause.Overlap, BlockedBy = InTheWay(answer) },
        ExecutionReason.Paused => _pauses.Explain(answer),
        var reason => answer with { Cause = CauseOf(reason) },
    };

    private SlotAnswer Counted(SlotAnswer answer) => InTheWay(answer) is { } blocking
        ? answer with { Outcome = SlotOutcome.Counted, Cause = SlotCause.Overlap, BlockedBy = blocking }
        : answer with { Outcome = SlotOutcome.Counted, Cause = SlotCause.NotClaimed };

    private SlotAnswer Ran(SlotAnswer answer)
    {
        var begun = Begun(answer) with { Outcome = SlotOutcome.Ran };
        return answer.Execution!.Status == ExecutionStatus.Abandoned ? begun with { Cause = CauseOf(answer.Execution.Reason) } : begun;
    }

    /// <summary>A running one of which no process is left is lost already, although no sweep has said so yet.</summary>
    private SlotAnswer Running(SlotAnswer answer)
    {
        var begun = Begun(answer) with { Outcome = SlotOutcome.Running };
        return _facts.Store is { LiveProcesses: 0 } ? begun with { Cause = SlotCause.NodeLost } : begun;
    }

    /// <summary>How late the first attempt began, and what it waited for. Unless it waited behind another, an execution is made when its first attempt begins.</summary>
    private SlotAnswer Begun(SlotAnswer answer)
    {
        var row = answer.Execution!;
        var began = row.Attempt == 1 ? row.StartedAt ?? row.CreatedAt : row.CreatedAt;
        var late = answer with { Lateness = Duration.Max(Duration.Zero, began - row.DueAt) };
        if (BehindWhat(row) is { } behind)
            return late with { Cause = SlotCause.Queued, BlockedBy = behind };
        if (late.Lateness <= _planner.MisfireThreshold)
            return late;
        return row.CreatedAt - row.DueAt > _planner.MisfireThreshold ? late with { Cause = SlotCause.NotClaimed } : late with { Cause = SlotCause.HandedBack };
    }

    private SlotAnswer Waiting(SlotAnswer answer)
    {
        var row = answer.Execution!;
        var pending = answer with { Outcome = SlotOutcome.Pending };
        if (row.ReadyAt is null)
            return pending with { Cause = SlotCause.Queued, BlockedBy = OldestOpen(row) };
        if (row.ReadyAt > Now)
            return pending with { Cause = row.Reason == ExecutionReason.Retry ? SlotCause.Retry : CauseOf(row.Reason) };
        var held = Held(pending);
        return held.Cause == SlotCause.NoPlace && CauseOf(row.Reason) is var cause and not (SlotCause.None or SlotCause.Retry or SlotCause.Queued) ? held with { Cause = cause } : held;
    }

    private SlotAnswer NotDue(SlotAnswer answer)
    {
        var early = answer with { Outcome = SlotOutcome.NotDue };
        if (Job.Pause is { } own && !(own.Until <= answer.Start))
            return early with { Cause = SlotCause.JobPaused, Pause = own };
        if (_pauses.InForce() is { } wide && !(wide.End <= answer.Start))
            return early with { Cause = SlotCause.WidelyPaused, Pause = wide.Pause, PauseScope = wide.Scope };
        return Job.Fault is null ? early : early with { Cause = SlotCause.NoExecutor };
    }

    private SlotAnswer WithoutRow(SlotAnswer answer)
    {
        if (answer.Start < Job.CreatedAt || (Slot <= Job.LastSlot && Job.Schedule.InitialLastSlot(Job.CreatedAt) >= Slot))
            return answer with { Outcome = SlotOutcome.NoRow, Cause = SlotCause.BeforeJob };
        if (Slot <= Job.LastSlot)
            return answer with { Outcome = SlotOutcome.NoRow, Cause = _facts.Row.ReachesBack ? SlotCause.ScheduleChanged : SlotCause.HistoryGone };
        if (Job.Pause is { } pause ? answer.Start < pause.Since : Job.NextSlot is null || Job.NextSlot > Slot)
            return answer with { Outcome = SlotOutcome.NoRow, Cause = SlotCause.ScheduleChanged };
        return Due(answer with { Outcome = SlotOutcome.Due, Lateness = Now - answer.Start!.Value });
    }

    private SlotAnswer Due(SlotAnswer answer)
    {
        if (Job.Fault is not null)
            return answer with { Cause = SlotCause.NoExecutor };
        if (Job.Pause is { } own && !(own.Until <= Now))
            return answer with { Cause = SlotCause.JobPaused, Pause = own };
        if (_pauses.InForce() is { } wide)
            return answer with { Cause = SlotCause.WidelyPaused, Pause = wide.Pause, PauseScope = wide.Scope };
        var plan = _planner.Plan(Work(), Now);
        foreach (var gap in plan.Gaps ?? [])
        {
            if (gap.Slots.First <= Slot && Slot <= gap.Slots.Last)
                return Expected(answer, gap.Reason);
        }
        if (plan.Run is { Waits: true } queued && queued.Slots.First <= Slot && Slot <= queued.Slots.Last)
            return answer with { Cause = SlotCause.Queued, BlockedBy = OldestOpen(behind: null) };
        return Held(answer);
    }

    /// <summary>Nobody has looked since, but what the next claim will say is known.</summary>
    private SlotAnswer Expected(SlotAnswer answer, ExecutionReason reason) => reason switch
    {
        ExecutionReason.Overlap => answer with { Cause = SlotCause.Overlap, BlockedBy = OldestOpen(behind: null) },
        ExecutionReason.Paused => _pauses.Explain(answer),
        _ => answer with { Cause = CauseOf(reason) },
    };

    private DueWork Work() => new()
    {
        Definition = Job.Definition,
        Context = _context,
        NextSlot = Job.NextSlot,
        LastSlot = Job.LastSlot,
        Pause = Job.Pause,
        OpenExecutions = Job.OpenExecutions,
        HasQueued = _facts.Row.Near.Any(static row => row is { Status: ExecutionStatus.Pending, ReadyAt: null }),
        HeldSince = _facts.Tenant?.HeldSince,
        PausedPeriods = (Job.NextRunAt ?? Job.Pause?.Since) is { } from ? _facts.Pauses.PeriodsSince(Job.Tenant, Job.Executor, from, Now) : null,
    };

    /// <summary>What keeps nodes from taking work that is ready.</summary>
    private SlotAnswer Held(SlotAnswer answer)
    {
        if (_pauses.InForce() is { } wide)
            return answer with { Cause = SlotCause.WidelyPaused, Pause = wide.Pause, PauseScope = wide.Scope };
        if (_facts.Store is { LiveProcesses: 0 })
            return answer with { Cause = SlotCause.NoNode };
        if (_facts.Store?.ExecutorsWithoutNode.Contains(Job.Executor, StringComparer.Ordinal) == true)
            return answer with { Cause = SlotCause.NoExecutor };
        if (_facts.Tenant is { } tenant && tenant.Running >= tenant.Limits.MaximumRunning)
            return answer with { Cause = SlotCause.TenantLimit, Limits = tenant.Limits };
        return _facts.Tenant is { HeldSince: not null, Limits.MaximumRate: not null } rated
            ? answer with { Cause = SlotCause.TenantRate, Limits = rated.Limits }
            : answer with { Cause = SlotCause.NoPlace };
    }

    /// <summary>The execution that was open when a slot was passed over: of several the one that was made first.</summary>
    private Execution? InTheWay(SlotAnswer answer)
    {
        var row = answer.Execution!;
        var (start, decided) = (answer.Start!.Value, Instant.Max(row.CreatedAt, answer.Start.Value));
        return _facts.Row.Near.LastOrDefault(other => IsRun(other) && other.Id != row.Id && other.CreatedAt <= decided && !(other.EndedAt < start) && !(other.EndedAt < row.CreatedAt));
    }

    /// <summary>The execution that ended last before a queued one could begin. Beside others (<see cref="OverlapPolicy.Allow"/>) none queues, but one that is tried again may begin after another has ended.</summary>
    private Execution? BehindWhat(Execution row) => row.Attempt > 1 && Job.Definition.Overlap == OverlapPolicy.Allow
        ? null
        : _facts.Row.Near.Where(other => IsRun(other) && other.Id < row.Id && other.EndedAt > row.CreatedAt && other.EndedAt <= row.StartedAt).MaxBy(static other => other.EndedAt);

    private Execution? OldestOpen(Execution? behind) =>
        _facts.Row.Near.LastOrDefault(other => !other.Status.IsTerminal() && (behind is null || other.Id < behind.Id));

    private static bool IsRun(Execution row) => row.Status is not (ExecutionStatus.Skipped or ExecutionStatus.Missed);

    private static SlotCause CauseOf(ExecutionReason reason) => reason switch
    {
        ExecutionReason.Retry => SlotCause.Retry,
        ExecutionReason.Queued => SlotCause.Queued,
        ExecutionReason.HandedBack => SlotCause.HandedBack,
        ExecutionReason.Reclaimed or ExecutionReason.NodeLost => SlotCause.NodeLost,
        ExecutionReason.Poisoned => SlotCause.Poisoned,
        ExecutionReason.Overlap => SlotCause.Overlap,
        ExecutionReason.Misfire => SlotCause.Misfire,
        ExecutionReason.WindowClosed => SlotCause.WindowClosed,
        ExecutionReason.TooOld => SlotCause.TooOld,
        ExecutionReason.ChainLimit => SlotCause.ChainLimit,
        ExecutionReason.Edited => SlotCause.Edited,
        ExecutionReason.CancelRequested or ExecutionReason.Deleted => SlotCause.CancelRequested,
        _ => SlotCause.None,
    };
}
