using NodaTime;
using Scheduling.Planning;
using Scheduling.Schedules;

namespace Scheduling.Storage;

/// <summary>One claim: settles, renews the process's row, then serves turns until places, work or patience end. Needs the store's lock for its whole life.</summary>
internal sealed partial class MemoryClaim
{
    /// <summary>How much of one turn is served before the next tenant has its turn.</summary>
    private const int Quantum = 8;

    private readonly MemoryState _state;
    private readonly ClaimRequest _request;
    private readonly Instant _now;
    private readonly long _ticks;
    private readonly ProcessEntry _process;
    private readonly Lane[] _lanes;
    private readonly long _serial;
    private readonly List<ClaimedRun> _runs;
    private bool _knowsBusy;
    private List<RecordedGap>? _gaps;
    private List<FaultedJob>? _faults;
    private List<(TurnEntry Turn, long At)>? _setAside;
    private long _pausesEnd = Ticks.None;
    private int _free;
    private int _patience;

    public MemoryClaim(MemoryState state, ClaimRequest request, Instant now, ProcessEntry process)
    {
        _state = state;
        _request = request;
        _now = now;
        _ticks = Ticks.Of(now);
        _process = process;
        _free = request.Free;
        _patience = Math.Max(512, 4 * request.Free);
        _serial = state.NextClaim();
        _runs = state.Claimed;
        _lanes = Lanes();
    }

    public ClaimResponse Run(IReadOnlyList<SettlementOutcome> settled)
    {
        var isReplay = Replay();
        if (!isReplay)
            TakeTurns();

        // Turns that were set aside are overdue and would hide the next wake of their executor.
        var nextWake = NextWake();
        PutBack();
        return new ClaimResponse
        {
            StoreNow = _now,
            Runs = TakeRuns(),
            Settled = settled,
            LeaseUntil = Ticks.ToInstant(_process.LeaseUntil),
            Gaps = _gaps ?? (IReadOnlyList<RecordedGap>)[],
            Faults = _faults ?? (IReadOnlyList<FaultedJob>)[],
            HasMore = isReplay || HasMore(),
            LacksPlaces = LacksPlaces(),
            NextWake = nextWake,
        };
    }

    /// <summary>What was claimed, in a list of its own length: claims gather in one that is used again.</summary>
    private IReadOnlyList<ClaimedRun> TakeRuns()
    {
        if (_runs.Count == 0)
            return [];
        var runs = new List<ClaimedRun>(_runs);
        _runs.Clear();
        return runs;
    }

    /// <summary>The executors to look at: not those that are paused for all tenants, whose turns stay where they are.</summary>
    private Lane[] Lanes()
    {
        var lanes = new Lane[_request.Executors.Count];
        var count = 0;
        for (var i = 0; i < lanes.Length; i++)
        {
            var executor = _request.Executors[i];
            if (_state.Pauses.HoldingExecutor(executor.Key, _now) is { } pause)
                _pausesEnd = Math.Min(_pausesEnd, Ticks.Of(pause.End));
            else
                lanes[count++] = new Lane(_state.ExecutorOf(executor.Key), executor.Free);
        }
        return count == lanes.Length ? lanes : lanes[..count];
    }

    /// <summary>A claim whose answer was lost is repeated with its number and gets the same runs. One that took none, or that a later one overtook, is made now.</summary>
    private bool Replay()
    {
        if (_request.Number > _process.LastClaim)
        {
            _process.LastClaim = _request.Number;
            return false;
        }
        foreach (var run in _state.Runs.Values)
        {
            if (run.Status == ExecutionStatus.Running && run.Process == _process && run.ClaimNumber == _request.Number)
                _runs.Add(ClaimedRunOf(run, Duration.Zero));
        }
        return _runs.Count > 0;
    }

    private void TakeTurns()
    {
        while (_free > 0 && _patience > 0 && NextLane() is { } lane)
            Serve(lane, lane.Executor.Turns.Peek!);
    }

    /// <summary>The executor with free places whose first turn came earliest, in the one line that all turns stand in.</summary>
    private Lane? NextLane()
    {
        Lane? next = null;
        foreach (var lane in _lanes)
        {
            if (lane.Free > 0 && lane.Executor.Turns.PeekKey <= _ticks && (next is null || lane.Executor.Turns.IsBefore(next.Executor.Turns)))
                next = lane;
        }
        return next;
    }

    private void Serve(Lane lane, TurnEntry turn)
    {
        for (var served = 0; served < Quantum && _free > 0 && lane.Free > 0 && _patience > 0; served++)
        {
            if (turn.Earliest > _ticks)
                break;
            if (turn.Tenant.HeldUntil(_ticks) is var until && until > _ticks)
            {
                _state.Hold(turn, _ticks, until);
                return;
            }
            if (IsReservedForOthers(turn))
            {
                SetAside(turn);
                return;
            }
            _patience--;
            if (turn.Pending.PeekKey <= _ticks)
                TakePending(lane, turn.Pending.Peek!);
            else
                TakeDue(lane, turn.Due.Peek!);
        }
        _state.Requeue(turn, _ticks);
    }

    private void TakePending(Lane lane, RunEntry run)
    {
        if (run.Slots.Last is var slot and not Ticks.None && run.Job.Definition.Schedule.WindowEnd(Ticks.ToInstant(slot)) is { } end && end <= _now)
        {
            EndOutsideWindow(run);
            return;
        }
        var ready = Ticks.ToInstant(run.Reason == ExecutionReason.None ? run.DueAt : Math.Max(run.DueAt, run.ReadyAt));
        Start(lane, run, LagSince(ready, run.Job.Turn));
    }

    /// <summary>The window wins over retries and reclaims: an attempt that did not start in it does not start.</summary>
    private void EndOutsideWindow(RunEntry run)
    {
        if (run.Attempt == 0)
            _state.EndMissed(run, _ticks, ref _gaps);
        else if (run.Failures > 0)
            MemoryRuns.End(_state, run, run.FailureStatus, run.FailureReason, _ticks);
        else
            MemoryRuns.End(_state, run, ExecutionStatus.Abandoned, ExecutionReason.WindowClosed, _ticks);
    }

    private void TakeDue(Lane lane, JobEntry job)
    {
        var context = job.Context(_request.Planner);
        var work = new DueWork
        {
            Definition = job.Definition,
            Context = context,
            NextSlot = Ticks.ToInstantOrNull(job.NextSlot),
            LastSlot = Ticks.ToInstantOrNull(job.LastSlot),
            Pause = job.Pause,
            OpenExecutions = job.Open,
            HasQueued = job.Waiting > 0,
            HeldSince = Ticks.ToInstantOrNull(job.Turn.HeldSince),
            PausedPeriods = PausedPeriods(job),
        };
        Apply(lane, job, context, _request.Planner.Plan(work, _now));
    }

    private IReadOnlyList<Interval>? PausedPeriods(JobEntry job)
    {
        var planned = job.NextRunAt == Ticks.None ? job.Pause?.Since : Ticks.ToInstant(job.NextRunAt);
        return planned is { } from ? _state.Pauses.PeriodsSince(job.Tenant.Id, job.Definition.Executor, from, _now) : null;
    }

    private void Apply(Lane lane, JobEntry job, in ScheduleContext context, in DuePlan plan)
    {
        if (plan.Gaps is { } gaps)
            Record(job, gaps);
        if (plan.EndsPause)
            job.Pause = null;
        if (plan.Fault is { } fault)
            (_faults ??= []).Add(new FaultedJob(job.Tenant.Id, job.Id, fault));
        job.Take(plan);
        job.Turn.Due.Set(job, job.DueAt);
        if (job.JobState == JobState.Completed)
            _state.NoteCompleted(job, _ticks);
        if (plan.HasRun)
            StartPlanned(lane, job, context, plan);
    }

    private void Record(JobEntry job, IReadOnlyList<SlotGap> gaps)
    {
        foreach (var gap in gaps)
        {
            _state.WriteGap(job, gap, _now);
            (_gaps ??= []).Add(new RecordedGap(job.Tenant.Id, job.Id, job.Definition.Executor, gap));
        }
    }

    private bool IsReservedForOthers(TurnEntry turn)
    {
        if (_free > _request.Reserved)
            return false;
        if (!_knowsBusy)
            MarkBusy();
        return turn.Tenant.BusyClaim == _serial;
    }

    /// <summary>Marks the tenants that have something running, once, and only in claims that come to the reserved places: a mark costs less than a set.</summary>
    private void MarkBusy()
    {
        _knowsBusy = true;
        foreach (var id in _request.BusyTenants)
        {
            if (_state.FindTenant(id) is { } tenant)
                tenant.BusyClaim = _serial;
        }
    }

    private void SetAside(TurnEntry turn)
    {
        (_setAside ??= []).Add((turn, turn.TurnAt));
        _state.SetTurn(turn, Ticks.None);
    }

    private void PutBack()
    {
        if (_setAside is null)
            return;
        foreach (var (turn, at) in _setAside)
            _state.SetTurn(turn, at);
    }

    /// <summary>Patience ended before places and work did.</summary>
    private bool HasMore() => _patience == 0 && _free > 0 && NextLane() is not null;

    private bool LacksPlaces() => _setAside is not null || Array.Exists(_lanes, lane => lane.Executor.Turns.PeekKey <= _ticks && (_free == 0 || lane.Free == 0));

    private Instant? NextWake()
    {
        var next = Math.Min(_pausesEnd, _state.EarliestForeignLeaseEnd(_process, _ticks));
        foreach (var lane in _lanes)
        {
            var at = lane.Executor.Turns.PeekKey;
            if (at > _ticks)
                next = Math.Min(next, at);
        }
        return Ticks.ToInstantOrNull(next);
    }

    private sealed class Lane(ExecutorEntry executor, int free)
    {
        public readonly ExecutorEntry Executor = executor;
        public int Free = free;
    }
}
