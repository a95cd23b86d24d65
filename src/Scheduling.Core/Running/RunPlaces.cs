using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>
/// The places for runs in this process, who has one, and the results that wait to be written. One lock for all of it, taken twice by each run and held for a few instructions: the threads of runs meet here.
/// </summary>
internal sealed class RunPlaces
{
    private readonly ExecutorLane[] _lanes;
    private readonly int _maximum;
    private List<Settlement> _unsettled = [];
    private List<Settlement>? _spare;
    private int _inWriting;
    private int _active;
    private int _asked;
    private int _detached;

    public RunPlaces(ExecutorLane[] lanes, int maximum) => (_lanes, _maximum) = (lanes, maximum);

    /// <summary>The lock. Whoever changes the phase, the deadline or the cancel reason of runs holds it.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Whether no user code is queued or running, detached code aside, and nothing waits to be written.</summary>
    public bool IsIdle
    {
        get
        {
            lock (Gate)
                return _active == _detached && _unsettled.Count + _inWriting == 0;
        }
    }

    public (int Active, int Free, int Unsettled, int Detached) Counts()
    {
        lock (Gate)
            return (_active, Math.Max(0, _maximum - _active), _unsettled.Count + _inWriting, _detached);
    }

    /// <summary>The free places that no claim asks for.</summary>
    public int Unasked
    {
        get
        {
            lock (Gate)
                return FreeUnasked;
        }
    }

    /// <summary>What decides whether a claim goes out: the free places that no claim asks for, and the results that wait.</summary>
    public (int Unasked, int Unsettled) CountsForClaim()
    {
        lock (Gate)
            return (FreeUnasked, _unsettled.Count + _inWriting);
    }

    private int FreeUnasked => Math.Max(0, _maximum - _active - _asked);

    /// <summary>Keeps free places for a claim that goes out, until they are taken or released.</summary>
    /// <param name="most">How many it asks for at most.</param>
    public AskedPlaces Ask(int most)
    {
        var executors = new ExecutorCapacity[_lanes.Length];
        lock (Gate)
        {
            var count = Math.Min(most, FreeUnasked);
            var left = FreeUnasked - count;
            var isNarrowed = false;
            for (var i = 0; i < executors.Length; i++)
            {
                var lane = _lanes[i];
                executors[i] = new ExecutorCapacity(lane.Key, Math.Min(lane.Free, count));
                isNarrowed |= executors[i].Free < Math.Min(lane.Maximum - lane.Active, count);
                lane.Asked += executors[i].Free;
            }
            _asked += count;
            return new AskedPlaces(count, left, isNarrowed, executors);
        }
    }

    /// <summary>A claim has failed: what it asked for is free.</summary>
    public void Release(AskedPlaces asked)
    {
        lock (Gate)
            FreeAsked(asked);
    }

    /// <summary>Gives places to new runs; what the claim asked for and did not get is free.</summary>
    public void Take(List<ActiveRun> runs, AskedPlaces asked)
    {
        lock (Gate)
        {
            FreeAsked(asked);
            _active += runs.Count;
            foreach (var run in runs)
                run.Lane.Active++;
        }
    }

    /// <summary>User code is about to begin.</summary>
    /// <returns>False when the run was handed back or lost meanwhile.</returns>
    public bool TryBegin(ActiveRun run)
    {
        lock (Gate)
        {
            if (run.Phase != RunPhase.Queued)
                return false;
            if (run.CancelReason == RunCancelReason.LeaseLost)
            {
                HandBack(run);
                return false;
            }
            run.Phase = RunPhase.Running;
            return true;
        }
    }

    /// <summary>User code ended: its place is free, and the result, unless it was settled without it, waits to be written.</summary>
    /// <returns>Whether the result counts, and how many places are free now that no claim asks for.</returns>
    public (bool Counts, int Free, int LaneFree) End(ActiveRun run, Settlement settlement)
    {
        lock (Gate)
        {
            var counts = run.Phase == RunPhase.Running;
            if (run.Phase == RunPhase.Detached)
                _detached--;
            Free(run);
            if (counts)
                _unsettled.Add(settlement);
            return (counts, FreeUnasked, run.Lane.Free);
        }
    }

    /// <summary>Settles a run although its user code goes on; the place stays taken.</summary>
    public bool TryDetach(ActiveRun run, Settlement settlement)
    {
        lock (Gate)
        {
            if (run.Phase != RunPhase.Running)
                return false;
            Detach(run);
            _unsettled.Add(settlement);
            return true;
        }
    }

    /// <summary>Hands a run back. One whose user code goes on keeps its place. Needs the lock.</summary>
    public void HandBack(ActiveRun run)
    {
        var hadBegun = run.Phase != RunPhase.Queued;
        if (hadBegun)
            Detach(run);
        else
            Free(run);
        _unsettled.Add(AttemptPlanner.HandBack(run.Claim, hadBegun, run.Journal?.Close()));
    }

    /// <summary>Drops a run that belongs to another token now; what user code still does keeps its place until it ends. Needs the lock.</summary>
    /// <returns>Whether user code still runs.</returns>
    public bool GiveUp(ActiveRun run)
    {
        if (run.Phase == RunPhase.Queued)
            Free(run);
        if (run.Phase != RunPhase.Running)
            return false;
        Detach(run);
        return true;
    }

    /// <summary>Takes what waits to be written; it counts as unsettled until it is <see cref="Written"/> or <see cref="NotWritten"/>.</summary>
    public List<Settlement> TakeUnsettled()
    {
        lock (Gate)
        {
            var taken = _unsettled;
            (_unsettled, _spare) = (_spare ?? [], null);
            _inWriting += taken.Count;
            return taken;
        }
    }

    /// <summary>The store heard these results. Nobody may have the list any more: the next ones gather in it.</summary>
    public void Written(List<Settlement> settlements)
    {
        var count = settlements.Count;
        settlements.Clear();
        lock (Gate)
            (_inWriting, _spare) = (_inWriting - count, settlements);
    }

    /// <summary>The store was not reached: the results wait on, before those that came meanwhile. In a new list, because a call that is not waited for any longer may still read the old one.</summary>
    public void NotWritten(List<Settlement> settlements)
    {
        lock (Gate)
            (_inWriting, _unsettled) = (_inWriting - settlements.Count, [.. settlements, .. _unsettled]);
    }

    private void FreeAsked(AskedPlaces asked)
    {
        _asked -= asked.Count;
        for (var i = 0; i < _lanes.Length; i++)
            _lanes[i].Asked -= asked.Executors[i].Free;
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
