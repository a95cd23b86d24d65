using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Planning;

/// <summary>The decision about one due job, rule by rule.</summary>
internal ref struct DueDecision
{
    private readonly ref readonly DueWork _work;
    private readonly Instant _now;
    private readonly Duration _threshold;
    private readonly ScheduleContext _context;
    private readonly Duration _spread;
    private List<SlotGap>? _gaps;
    private Instant? _last;
    private bool _endsPause;

    public DueDecision(in DueWork work, Instant now, Duration threshold)
    {
        _work = ref work;
        _now = now;
        _threshold = threshold;
        _context = work.Context;
        _spread = Schedule(work).SpreadOf(_context);
        _last = work.LastSlot;
    }

    public DuePlan Decide()
    {
        if (Oldest() is not { } planned || StartOf(planned) > _now)
            return LookAgainAt(Oldest());
        if (PassPauses(planned) is not { } oldest)
            return LookAgainAfterLast();
        if (CloseWindows(oldest) is not { } open || DropTooOld(open) is not { } kept)
            return LookAgainAfterLast();
        if (_work.OpenExecutions > 0 && _work.Definition.Overlap != OverlapPolicy.Allow)
            return Overlap(kept);
        return Lateness(kept) > _threshold ? Misfire(kept) : Run(SlotRange.Of(kept), waits: false);
    }

    private static Schedule Schedule(in DueWork work) => work.Definition.Schedule;

    private readonly Instant StartOf(Instant slot) => slot.PlusSaturating(_spread);

    /// <summary>The oldest slot that is not answered for; ends a pause whose time has come, with one row for what passed meanwhile.</summary>
    private Instant? Oldest()
    {
        if (_endsPause || _work.Pause is not { Until: { } end } pause)
            return _endsPause ? Schedule(_work).FirstDue(_work.Pause!.Until!.Value, _last, _context) : _work.NextSlot;
        if (end > _now)
            return null;
        _endsPause = true;
        if (PausedSlots.Before(Schedule(_work), pause, end, _last, _context) is { } passed)
            Add(ExecutionStatus.Skipped, ExecutionReason.Paused, passed);
        return Schedule(_work).FirstDue(end, _last, _context);
    }

    /// <summary>
    /// After a pause of the tenant or executor the job goes on from the pause's end: slots that passed in it are skipped, and those that were overdue when it began are missed, as with a pause of its own.
    /// </summary>
    private Instant? PassPauses(Instant oldest)
    {
        Instant? slot = oldest;
        for (var i = 0; slot is not null && i < _work.PausedPeriods?.Count; i++)
        {
            var period = _work.PausedPeriods[i];
            if (period.End <= StartOf(slot.Value))
                continue;
            slot = Pass(slot.Value, period.Start, ExecutionStatus.Missed);
            if (slot is { } inside)
                slot = Pass(inside, period.End, ExecutionStatus.Skipped);
        }
        return slot;
    }

    /// <summary>Answers for the slots that start before a time.</summary>
    /// <returns>The slot behind them, when it is due.</returns>
    private Instant? Pass(Instant oldest, Instant end, ExecutionStatus status)
    {
        if (PausedSlots.StartedBefore(Schedule(_work), oldest, end, _context) is not { } passed)
            return oldest;
        Add(status, ExecutionReason.Paused, passed);
        return DueAfter(passed.Last);
    }

    /// <summary>The window wins over every policy: slots whose window has closed are missed.</summary>
    private Instant? CloseWindows(Instant oldest)
    {
        if (Schedule(_work).WindowEnd(oldest) is not { } end || end > _now)
            return oldest;
        var latest = LatestDue(oldest);
        if (Schedule(_work).WindowEnd(latest) is { } latestEnd && latestEnd <= _now)
        {
            AddMissed(ExecutionReason.WindowClosed, oldest, latest);
            return null;
        }
        AddMissed(ExecutionReason.WindowClosed, oldest, Before(latest) ?? oldest);
        return latest;
    }

    private Instant? DropTooOld(Instant oldest)
    {
        if (_work.Definition.Misfire.MaximumAge is not { } age || Lateness(oldest) <= age)
            return oldest;
        var lastTooOld = LatestLaterThan(age, oldest);
        AddMissed(ExecutionReason.TooOld, oldest, lastTooOld);
        return DueAfter(lastTooOld);
    }

    private DuePlan Overlap(Instant oldest)
    {
        var due = Range(oldest, LatestDue(oldest));
        if (_work.Definition.Overlap == OverlapPolicy.QueueOne && !_work.HasQueued)
            return Run(due, waits: true);
        Add(ExecutionStatus.Skipped, ExecutionReason.Overlap, due);
        return LookAgainAfterLast();
    }

    private DuePlan Misfire(Instant oldest) => _work.Definition.Misfire.Mode switch
    {
        MisfireMode.Skip => SkipLate(oldest),
        // One chain at a time: while one goes on, what is late is counted into one more run, so that chains do not pile up.
        MisfireMode.RunAll when !_work.HasQueued => RunAll(oldest),
        _ => Run(Range(oldest, LatestDue(oldest)), waits: false),
    };

    private DuePlan SkipLate(Instant oldest)
    {
        var lastLate = LatestLaterThan(_threshold, oldest);
        Add(ExecutionStatus.Skipped, ExecutionReason.Misfire, Range(oldest, lastLate));
        return DueAfter(lastLate) is { } inTime ? Run(SlotRange.Of(inTime), waits: false) : LookAgainAfterLast();
    }

    private DuePlan RunAll(Instant oldest)
    {
        var slots = NewestFirst(oldest, _work.Definition.Misfire.MaximumRuns);
        if (slots[^1] > oldest)
            AddMissed(ExecutionReason.ChainLimit, oldest, Before(slots[^1]) ?? oldest);
        var chain = new SlotRange[slots.Count - 1];
        for (var i = 0; i < chain.Length; i++)
            chain[i] = SlotRange.Of(slots[^(i + 2)]);
        _last = slots[0];
        return Finish(new PlannedRun(SlotRange.Of(slots[^1]), waits: false), chain.Length == 0 ? null : chain);
    }

    private List<Instant> NewestFirst(Instant oldest, int count)
    {
        var slots = new List<Instant>(Math.Min(count, 16));
        for (Instant? slot = LatestDue(oldest); slot is { } found && found >= oldest && slots.Count < count; slot = Before(found))
            slots.Add(found);
        return slots;
    }

    private DuePlan Run(SlotRange slots, bool waits)
    {
        _last = slots.Last;
        return Finish(new PlannedRun(slots, waits), chain: null);
    }

    private DuePlan LookAgainAfterLast() => Finish(run: null, chain: null);

    private DuePlan LookAgainAt(Instant? slot) => new()
    {
        Gaps = _gaps,
        NextSlot = slot,
        NextStart = slot is { } s ? StartOf(s) : null,
        LastSlot = _last,
        EndsPause = _endsPause,
    };

    /// <summary>The next slot must rise: a schedule that stands still would make the loop spin, so its job stands still instead.</summary>
    private DuePlan Finish(PlannedRun? run, SlotRange[]? chain)
    {
        var last = _last!.Value;
        var next = Schedule(_work).NextAfter(last, _context);
        if (next <= last)
            throw new InvalidOperationException($"the slot after {last} would be {next}, which is not later.");
        return new DuePlan
        {
            Gaps = _gaps,
            Run = run,
            Chain = chain,
            NextSlot = next,
            NextStart = next is { } s ? StartOf(s) : null,
            LastSlot = _last,
            EndsPause = _endsPause,
        };
    }

    /// <summary>How late a slot is; the time a tenant limit held it back does not count.</summary>
    private Duration Lateness(Instant slot)
    {
        var judged = _work.HeldSince is { } held && held < _now ? held : _now;
        return Duration.Max(Duration.Zero, judged - StartOf(slot));
    }

    private Instant LatestLaterThan(Duration lateness, Instant oldest)
    {
        var judged = _work.HeldSince is { } held && held < _now ? held : _now;
        var bound = judged - lateness - _spread - Duration.FromNanoseconds(1);
        return Schedule(_work).LatestAtOrBefore(bound, _context) is { } slot && slot > oldest ? slot : oldest;
    }

    private Instant LatestDue(Instant oldest) =>
        Schedule(_work).LatestAtOrBefore(_now - _spread, _context) is { } slot && slot > oldest ? slot : oldest;

    private Instant? Before(Instant slot) => Schedule(_work).LatestAtOrBefore(slot - Duration.FromNanoseconds(1), _context);

    private Instant? DueAfter(Instant slot) =>
        Schedule(_work).NextAfter(slot, _context) is { } next && StartOf(next) <= _now ? next : null;

    private SlotRange Range(Instant first, Instant last) =>
        first == last ? SlotRange.Of(first) : new(first, last, Math.Max(2, Schedule(_work).CountSlots(first, last, _context, SlotRange.CountLimit)));

    private void AddMissed(ExecutionReason reason, Instant first, Instant last) => Add(ExecutionStatus.Missed, reason, Range(first, last));

    private void Add(ExecutionStatus status, ExecutionReason reason, SlotRange slots)
    {
        (_gaps ??= []).Add(new SlotGap(status, reason, slots));
        _last = slots.Last;
    }
}
