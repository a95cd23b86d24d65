using NodaTime;
using Scheduling.Planning;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>One claim: settles, renews the process's row, then serves turns until places, work or patience end (ClaimProtocol.md).</summary>
internal sealed class ClaimOperation
{
    /// <summary>How much of one turn is served, at least, before the next tenant has its turn.</summary>
    private const int Quantum = 8;

    private readonly WriteSession _session;
    private readonly ClaimRequest _request;
    private readonly Instant _now;
    private readonly ClaimLane[] _lanes;
    private readonly HashSet<TenantId>? _busy;
    private readonly List<ClaimedRun> _runs = [];
    private List<RecordedGap>? _gaps;
    private List<FaultedJob>? _faults;
    private Instant? _pausesEnd;
    private bool _setsAside;
    private int _free;
    private int _patience;

    private ClaimOperation(WriteSession session, ClaimRequest request, Instant now)
    {
        _session = session;
        _request = request;
        _now = now;
        _free = request.Free;
        _patience = Math.Max(512, 4 * request.Free);
        _busy = request.Reserved > 0 ? [.. request.BusyTenants] : null;
        _lanes = Lanes();
    }

    public static ClaimResponse Run(WriteSession session, ClaimRequest request, Instant now)
    {
        var settled = Settling.Settle(session, request.Settlements, now);
        var isRepeated = Presence.Touch(session, request.Owner, request.Node, request.Executors.Select(static e => e.Key), now + request.Lease, request.Number, now);
        session.Turns.RearmTouched(now);
        var response = new ClaimOperation(session, request, now).Take(settled, isRepeated);

        // What this claim armed it has looked at itself; another process may have to hear of it.
        if (!session.Processes.HasOthers(request.Owner))
            session.Wakes.Remove(StoreWake.Work);
        return response;
    }

    private ClaimResponse Take(IReadOnlyList<SettlementOutcome> settled, bool isRepeated)
    {
        if (isRepeated)
            Repeat();
        else
            TakeTurns();
        return new ClaimResponse
        {
            StoreNow = _now,
            Runs = _runs,
            Settled = settled,
            LeaseUntil = _now + _request.Lease,
            Gaps = _gaps ?? (IReadOnlyList<RecordedGap>)[],
            Faults = _faults ?? (IReadOnlyList<FaultedJob>)[],
            HasMore = isRepeated || (_patience == 0 && _free > 0 && NextLane() is not null),
            LacksPlaces = _setsAside || Array.Exists(_lanes, lane => (_free == 0 || lane.Free == 0) && _session.Turns.AnyDue(lane.Executor, _now)),
            NextWake = NextWake(),
        };
    }

    /// <summary>The executors to look at: not those that are paused for all tenants, whose turns stay where they are.</summary>
    private ClaimLane[] Lanes()
    {
        var lanes = new List<ClaimLane>(_request.Executors.Count);
        foreach (var executor in _request.Executors)
        {
            if (_session.Pauses.HoldingExecutor(executor.Key, _now) is not { } pause)
                lanes.Add(new ClaimLane(executor.Key, executor.Free, _session.Turns, _now));
            else
                _pausesEnd = Earlier(_pausesEnd, pause.End);
        }
        return [.. lanes];
    }

    /// <summary>A claim whose answer was lost is repeated with its number and gets the same runs.</summary>
    private void Repeat()
    {
        foreach (var (jobId, id) in _session.Runs.OfClaim(_request.Owner, _request.Number))
        {
            var job = _session.Jobs.Load(jobId)!;
            _runs.Add(job.Slice.ToClaimed(job.Slice.Find(id)!, Duration.Zero));
        }
    }

    private void TakeTurns()
    {
        while (_free > 0 && _patience > 0 && NextLane() is { } lane)
            Serve(lane, lane.Take());
    }

    /// <summary>The executor with free places whose first turn came earliest, in the one line that all turns stand in.</summary>
    private ClaimLane? NextLane()
    {
        ClaimLane? next = null;
        foreach (var lane in _lanes)
        {
            if (lane.Free > 0 && lane.Peek() is { } turn && (next?.Peek() is not { } first || (turn.TurnAt!.Value, turn.Place).CompareTo((first.TurnAt!.Value, first.Place)) < 0))
                next = lane;
        }
        return next;
    }

    private void Serve(ClaimLane lane, TurnRow turn)
    {
        if (IsHeld(turn) || IsSetAside(turn))
            return;
        var share = Share(lane);
        foreach (var (jobId, id) in _session.Runs.Ready(turn.Id, _now, share))
        {
            if (!MayGoOn(lane, turn))
                return;
            TakeReady(lane, turn, jobId, id);
            share--;
        }
        if (share > 0 && !ServeDue(lane, turn, share))
            return;
        _session.Turns.Requeue(turn, _now);
        lane.NoteRequeued();
    }

    private bool ServeDue(ClaimLane lane, TurnRow turn, int share)
    {
        foreach (var job in _session.Jobs.LoadDue(turn.Id, _now, share))
        {
            if (!MayGoOn(lane, turn))
                return false;
            TakeDue(lane, turn, job);
        }
        return true;
    }

    /// <summary>
    /// How much of a turn is served at once: the free places shared among those that wait, in pieces that are worth their while, but of the reserved places one each, so that no more is read than may start.
    /// </summary>
    private int Share(ClaimLane lane)
    {
        var unreserved = _free - _request.Reserved;
        if (unreserved <= 0)
            return 1;
        return Math.Min(Math.Min(_patience, Math.Min(unreserved, lane.Free)), Math.Max(Quantum, _free / (lane.Waiting + 1)));
    }

    /// <summary>Whether the next piece of work of a turn may be taken; if not, the turn has been dealt with.</summary>
    private bool MayGoOn(ClaimLane lane, TurnRow turn)
    {
        if (IsHeld(turn) || IsSetAside(turn))
            return false;
        if (_free > 0 && lane.Free > 0 && _patience > 0)
        {
            _patience--;
            return true;
        }
        _session.Turns.Requeue(turn, _now);
        lane.NoteRequeued();
        return false;
    }

    /// <summary>Takes a turn out of the line whose tenant is at a limit.</summary>
    private bool IsHeld(TurnRow turn)
    {
        if (_session.Tenants.Find(turn.Tenant)?.HeldUntil(_now) is not { } until)
            return false;
        _session.Turns.Hold(turn, until, _now);
        return true;
    }

    /// <summary>Leaves a turn where it is while only places are left that are kept for tenants with nothing running here.</summary>
    private bool IsSetAside(TurnRow turn)
    {
        var isSetAside = _busy is not null && _free <= _request.Reserved && _busy.Contains(turn.Tenant);
        _setsAside |= isSetAside;
        return isSetAside;
    }

    private void TakeReady(ClaimLane lane, TurnRow turn, JobId jobId, ExecutionId id)
    {
        var job = _session.Jobs.Load(jobId)!;
        if (job.Slice.Find(id) is not { Status: ExecutionStatus.Pending, Waits: false } run)
            return;
        if (job.Problem is { } problem)
            EndUnreadable(job, run, problem);
        else if (job.Slice.IsOutsideWindow(run, _now))
            EndOutsideWindow(job, run);
        else
            Start(lane, turn, job, run);
        Save(job);
    }

    private void EndOutsideWindow(LockedJob job, RunRow run)
    {
        if (job.Slice.EndOutsideWindow(run, _now) is { } gap)
            (_gaps ??= []).Add(new RecordedGap(job.Due.Tenant, job.Due.Id, job.Due.Executor, gap));
    }

    // Nobody knows what it was to work on.
    private void EndUnreadable(LockedJob job, RunRow run, string problem)
    {
        run.Error = new ExecutionError { Message = problem };
        job.Slice.End(run, ExecutionStatus.Failed, ExecutionReason.PayloadInvalid, _now);
    }

    private void TakeDue(ClaimLane lane, TurnRow turn, LockedJob job)
    {
        if (job.Problem is not null)
        {
            Break(job);
            return;
        }
        if (job.Due.DueAt is not { } due || due > _now)
            return;
        var plan = _request.Planner.Plan(job.Slice.ToWork(_request.Planner, turn.HeldSince, PausedPeriods(job.Due)), _now);
        var run = job.Slice.Apply(plan, _request.Planner, _now);
        foreach (var gap in plan.Gaps ?? [])
            (_gaps ??= []).Add(new RecordedGap(job.Due.Tenant, job.Due.Id, job.Due.Executor, gap));
        if (plan.Fault is { } fault)
            (_faults ??= []).Add(new FaultedJob(job.Due.Tenant, job.Due.Id, fault));
        if (run is { Waits: false })
            Start(lane, turn, job, run);
        Save(job);
    }

    private IReadOnlyList<Interval>? PausedPeriods(DueRow due) => (due.NextStart ?? due.Pause?.Since) is { } planned
        ? _session.Pauses.Concerning(due.Tenant, due.Executor).PeriodsSince(due.Tenant, due.Executor, planned, _now)
        : null;

    private void Break(LockedJob job)
    {
        var fault = job.Due.Fault! with { Since = _now };
        job.Slice.Break(fault);
        (_faults ??= []).Add(new FaultedJob(job.Due.Tenant, job.Due.Id, fault));
        Save(job);
    }

    private void Start(ClaimLane lane, TurnRow turn, LockedJob job, RunRow run)
    {
        var lag = JobSlice.LagOf(run, run.ReadyAt, turn.HeldSince, _now);
        job.Slice.Start(run, _request.Owner, _request.Node, _request.Number, _now);
        _runs.Add(job.Slice.ToClaimed(run, lag));
        _busy?.Add(turn.Tenant);
        lane.Free--;
        _free--;
    }

    // The turn is put in line again when it has been served, so its row need not be looked at for each job.
    private void Save(LockedJob job)
    {
        _session.Tenants.Count(job.Due.Tenant, job.Slice.RunningDelta, _now);
        _session.Jobs.Save(job, _now);
    }

    private Instant? NextWake()
    {
        var next = Earlier(_pausesEnd, _session.Processes.EarliestForeignLeaseEnd(_request.Owner, _now));
        foreach (var lane in _lanes)
            next = Earlier(next, _session.Turns.Next(lane.Executor, _now));
        return next;
    }

    private static Instant? Earlier(Instant? one, Instant? other) => one is null || other < one ? other ?? one : one;
}
