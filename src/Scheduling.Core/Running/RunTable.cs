using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>The runs of this process: what is active, what waits to be written, and the places they take. One short lock for all of it.</summary>
internal sealed partial class RunTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ExecutionId, ActiveRun> _runs = [];
    private readonly Dictionary<string, ExecutorLane> _lanes;
    private readonly ExecutorLane[] _laneList;
    private readonly int _maximum;
    private readonly Func<ClaimedRun, ExecutorLane, long, ActiveRun> _make;
    private List<Settlement> _unsettled = [];
    private int _inWriting;
    private int _active;
    private int _detached;

    public RunTable(IEnumerable<ExecutorRegistration> executors, int maximum, Func<ClaimedRun, ExecutorLane, long, ActiveRun> make)
    {
        _maximum = maximum;
        _make = make;
        _laneList = [.. executors.Select(e => new ExecutorLane(e, maximum))];
        _lanes = _laneList.ToDictionary(static lane => lane.Key, StringComparer.Ordinal);
        Keys = [.. _lanes.Keys];
    }

    public IReadOnlyList<string> Keys { get; }

    /// <summary>Whether nothing is active and nothing waits to be written: then no lease is needed.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _runs.Count == 0;
        }
    }

    /// <summary>Whether no user code is queued or running, detached code aside, and nothing waits to be written.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _active == _detached && _unsettled.Count + _inWriting == 0;
        }
    }

    public (int Active, int Free, int Unsettled, int Detached) Counts()
    {
        lock (_gate)
            return (_active, Math.Max(0, _maximum - _active), _unsettled.Count + _inWriting, _detached);
    }

    /// <summary>The free places, by executor and in all.</summary>
    public (int Free, ExecutorCapacity[] Executors) Capacity()
    {
        lock (_gate)
        {
            var executors = new ExecutorCapacity[_laneList.Length];
            for (var i = 0; i < executors.Length; i++)
                executors[i] = new ExecutorCapacity(_laneList[i].Key, _laneList[i].Free);
            return (Math.Max(0, _maximum - _active), executors);
        }
    }

    /// <summary>The tenants that have something running here.</summary>
    public HashSet<TenantId> BusyTenants()
    {
        lock (_gate)
            return [.. _runs.Values.Where(static run => run.Phase != RunPhase.Ended).Select(static run => run.Claim.Tenant)];
    }

    /// <summary>Takes claimed runs in. A run that is here already, because a claim was answered twice, is left out.</summary>
    /// <returns>The new runs, and earlier attempts of the same executions that go on here although their lease was lost.</returns>
    public (List<ActiveRun> Added, List<ActiveRun> Superseded) Add(IReadOnlyList<ClaimedRun> claims, long stamp)
    {
        var added = new List<ActiveRun>(claims.Count);
        var superseded = new List<ActiveRun>();
        lock (_gate)
        {
            foreach (var claim in claims)
            {
                if (_runs.TryGetValue(claim.Id, out var known) && known.Claim.Token == claim.Token)
                    continue;
                if (known is not null && GiveUp(known))
                    superseded.Add(known);
                var run = _make(claim, _lanes[claim.Definition.Executor], stamp);
                _runs[claim.Id] = run;
                run.Lane.Active++;
                _active++;
                added.Add(run);
            }
        }
        return (added, superseded);
    }

    /// <summary>User code is about to begin.</summary>
    /// <returns>False when the run was handed back or lost meanwhile.</returns>
    public bool TryBegin(ActiveRun run)
    {
        lock (_gate)
        {
            if (run.Phase != RunPhase.Queued)
                return false;
            if (run.CancelReason == RunCancelReason.LeaseLost)
            {
                Free(run);
                _unsettled.Add(AttemptPlanner.HandBack(run.Claim, hadBegun: false));
                return false;
            }
            run.Phase = RunPhase.Running;
            return true;
        }
    }

    /// <summary>User code ended: its place is free, and the result, unless it was settled without it, waits to be written.</summary>
    /// <returns>Whether the result counts, and how many places are free now.</returns>
    public (bool Counts, int Free, int LaneFree) End(ActiveRun run, Settlement settlement)
    {
        lock (_gate)
        {
            var counts = run.Phase == RunPhase.Running;
            if (run.Phase == RunPhase.Detached)
                _detached--;
            Free(run);
            if (counts)
                _unsettled.Add(settlement);
            return (counts, _maximum - _active, run.Lane.Free);
        }
    }

    /// <summary>Settles a run although its user code goes on; the place stays taken.</summary>
    public bool TryDetach(ActiveRun run, Settlement settlement)
    {
        lock (_gate)
        {
            if (run.Phase != RunPhase.Running)
                return false;
            run.Phase = RunPhase.Detached;
            _detached++;
            _unsettled.Add(settlement);
            return true;
        }
    }

    /// <summary>Hands back every run whose user code has not begun.</summary>
    public int HandBackQueued() => HandBack(RunPhase.Queued, hadBegun: false);

    /// <summary>Hands back every run whose user code still goes on; their places stay taken.</summary>
    public int HandBackRunning() => HandBack(RunPhase.Running, hadBegun: true);

    /// <summary>
    /// The runs that are lost: whoever has them now settles them, and what user code still does is refused. One that has ended here is left to the answer to its result, which may be on its way.
    /// </summary>
    public List<ActiveRun> Lose(IReadOnlyList<HeldRun> lost)
    {
        var found = new List<ActiveRun>(lost.Count);
        lock (_gate)
        {
            foreach (var held in lost)
            {
                if (!_runs.TryGetValue(held.Id, out var run) || run.Claim.Token != held.Token || run.Phase is RunPhase.Ended or RunPhase.Detached)
                    continue;
                _runs.Remove(held.Id);
                GiveUp(run);
                found.Add(run);
            }
        }
        return found;
    }

    /// <summary>The store has just said that everything held here is ours: runs that were given up for a lost lease are judged by their timeouts again.</summary>
    /// <returns>The earliest of their deadlines.</returns>
    public long Regain(MonotonicClock clock)
    {
        var earliest = long.MaxValue;
        lock (_gate)
        {
            foreach (var run in _runs.Values)
            {
                if (run.Phase != RunPhase.Running || run.CancelReason != RunCancelReason.LeaseLost || run.IsRegained)
                    continue;
                run.Regain(clock.After(run.StartedStamp, run.Claim.Definition.Timeout));
                earliest = Math.Min(earliest, run.Deadline);
            }
        }
        return earliest;
    }

    /// <summary>Marks runs as asked to end.</summary>
    /// <returns>Those whose tokens are to be fired.</returns>
    public List<ActiveRun> MarkCancelled(Func<ActiveRun, bool> which, RunCancelReason reason, long graceEnd)
    {
        var fired = new List<ActiveRun>();
        lock (_gate)
        {
            foreach (var run in _runs.Values)
            {
                if (run.Phase is RunPhase.Ended or RunPhase.Detached || !which(run) || !run.TryMarkCancelled(reason))
                    continue;
                run.Deadline = graceEnd;
                fired.Add(run);
            }
        }
        return fired;
    }

    /// <summary>The runs whose timeout or grace is over, and when the next one's is.</summary>
    public (List<ActiveRun> Over, long Next) Overdue(long stamp)
    {
        var over = new List<ActiveRun>();
        var next = long.MaxValue;
        lock (_gate)
        {
            foreach (var run in _runs.Values)
            {
                if (run.Phase is RunPhase.Ended or RunPhase.Detached)
                    continue;
                if (run.Deadline <= stamp)
                    over.Add(run);
                else
                    next = Math.Min(next, run.Deadline);
            }
        }
        return (over, next);
    }

    public ActiveRun? Find(ExecutionId id)
    {
        lock (_gate)
            return _runs.GetValueOrDefault(id);
    }

    /// <summary>Everything this process has or has not written yet.</summary>
    public List<HeldRun> Held()
    {
        lock (_gate)
            return [.. _runs.Values.Select(static run => new HeldRun(run.Claim.Id, run.Claim.Token))];
    }

    /// <summary>Takes what waits to be written; it stays held until <see cref="Written"/>.</summary>
    public List<Settlement> TakeUnsettled()
    {
        lock (_gate)
        {
            var taken = _unsettled;
            _unsettled = [];
            _inWriting = taken.Count;
            return taken;
        }
    }

    /// <summary>The store heard these results, whatever it made of them.</summary>
    public void Written(List<Settlement> settlements)
    {
        lock (_gate)
        {
            _inWriting = 0;
            foreach (var settlement in settlements)
            {
                if (_runs.TryGetValue(settlement.Id, out var run) && run.Claim.Token == settlement.Token)
                    _runs.Remove(settlement.Id);
            }
        }
    }

    /// <summary>The store was not reached: the results wait on, before those that came meanwhile.</summary>
    public void NotWritten(List<Settlement> settlements)
    {
        lock (_gate)
        {
            _inWriting = 0;
            settlements.AddRange(_unsettled);
            _unsettled = settlements;
        }
    }

    private int HandBack(RunPhase phase, bool hadBegun)
    {
        var count = 0;
        lock (_gate)
        {
            foreach (var run in _runs.Values)
            {
                if (run.Phase != phase)
                    continue;
                if (hadBegun)
                    Detach(run);
                else
                    Free(run);
                _unsettled.Add(AttemptPlanner.HandBack(run.Claim, hadBegun, run.Context.Journal?.Close()));
                count++;
            }
        }
        return count;
    }

    /// <summary>Drops a run that belongs to another token now; what user code still does keeps its place until it ends.</summary>
    /// <returns>Whether user code still runs.</returns>
    private bool GiveUp(ActiveRun run)
    {
        if (run.Phase == RunPhase.Queued)
            Free(run);
        if (run.Phase != RunPhase.Running)
            return false;
        Detach(run);
        return true;
    }

    private void Detach(ActiveRun run)
    {
        run.Phase = RunPhase.Detached;
        _detached++;
    }

    private void Free(ActiveRun run)
    {
        run.Phase = RunPhase.Ended;
        run.Lane.Active--;
        _active--;
    }
}
