using System.Runtime.InteropServices;
using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>The runs that this process has and whose results are not written yet, by their executions. Its lock is taken for batches; that of the <see cref="RunPlaces"/> is taken inside it, never the other way round.</summary>
internal sealed partial class RunTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ExecutionId, ActiveRun> _runs = [];
    private readonly Dictionary<string, ExecutorLane> _lanes;
    private readonly Func<ClaimedRun, ExecutorLane, long, ActiveRun> _make;

    public RunTable(IEnumerable<ExecutorRegistration> executors, int maximum, Func<ClaimedRun, ExecutorLane, long, ActiveRun> make)
    {
        _make = make;
        ExecutorLane[] lanes = [.. executors.Select(e => new ExecutorLane(e, maximum))];
        _lanes = lanes.ToDictionary(static lane => lane.Key, StringComparer.Ordinal);
        Places = new RunPlaces(lanes, maximum);
        Keys = [.. _lanes.Keys];
    }

    public RunPlaces Places { get; }

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

    /// <summary>The tenants that have something running here.</summary>
    public HashSet<TenantId> BusyTenants()
    {
        lock (_gate)
        {
            var tenants = new HashSet<TenantId>();
            TenantId last = default;
            foreach (var run in _runs.Values)
            {
                // Read without the lock of phases: a tenant whose last run ends right now is taken for a busy one, once.
                if (run.Phase == RunPhase.Ended)
                    continue;

                // Runs of a tenant lie together, as they were claimed: most need no search in the set.
                var tenant = run.Claim.Tenant;
                if (!ReferenceEquals(tenant.Value, last.Value))
                    tenants.Add(last = tenant);
            }
            return tenants;
        }
    }

    /// <summary>Takes claimed runs in. A run that is here already, because a claim was answered twice, is left out.</summary>
    /// <param name="claims">The claimed runs.</param>
    /// <param name="stamp">When they were claimed.</param>
    /// <param name="asked">The places that the claim asked for.</param>
    /// <param name="added">Gets the new runs.</param>
    /// <returns>Earlier attempts of the same executions that go on here although their lease was lost.</returns>
    public IReadOnlyList<ActiveRun> Add(IReadOnlyList<ClaimedRun> claims, long stamp, AskedPlaces asked, List<ActiveRun> added)
    {
        List<ActiveRun>? superseded = null;
        lock (_gate)
        {
            try
            {
                AddEach(claims, stamp, added, ref superseded);
            }
            catch
            {
                // A store that answers with what was not asked for must not cost places as well.
                foreach (var run in added)
                    _runs.Remove(run.Claim.Id);
                added.Clear();
                Places.Release(asked);
                throw;
            }
            Places.Take(added, asked);
        }
        return superseded ?? (IReadOnlyList<ActiveRun>)[];
    }

    private void AddEach(IReadOnlyList<ClaimedRun> claims, long stamp, List<ActiveRun> added, ref List<ActiveRun>? superseded)
    {
        ExecutorLane? lane = null;
        for (var i = 0; i < claims.Count; i++)
        {
            var claim = claims[i];
            if (lane is null || !string.Equals(lane.Key, claim.Definition.Executor, StringComparison.Ordinal))
                lane = _lanes[claim.Definition.Executor];
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_runs, claim.Id, out _);
            if (known is not null && known.Claim.Token == claim.Token)
                continue;
            if (known is not null && GiveUp(known))
                (superseded ??= []).Add(known);
            known = _make(claim, lane, stamp);
            added.Add(known);
        }
    }

    /// <summary>Hands back every run whose user code has not begun.</summary>
    public void HandBackQueued() => HandBack(RunPhase.Queued);

    /// <summary>Hands back every run whose user code still goes on; their places stay taken.</summary>
    public void HandBackRunning() => HandBack(RunPhase.Running);

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
                if (!_runs.TryGetValue(held.Id, out var run) || run.Claim.Token != held.Token || !TryLose(run))
                    continue;
                _runs.Remove(held.Id);
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
            lock (Places.Gate)
            {
                foreach (var run in _runs.Values)
                {
                    if (run.Phase != RunPhase.Running || run.CancelReason != RunCancelReason.LeaseLost || run.IsRegained)
                        continue;
                    run.Regain(clock.After(run.StartedStamp, run.Claim.Definition.Timeout));
                    earliest = Math.Min(earliest, run.Deadline);
                }
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
            lock (Places.Gate)
            {
                foreach (var run in _runs.Values)
                {
                    if (run.Phase is RunPhase.Ended or RunPhase.Detached || !which(run) || !run.TryMarkCancelled(reason))
                        continue;
                    run.Deadline = graceEnd;
                    fired.Add(run);
                }
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
            lock (Places.Gate)
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
        {
            var held = new List<HeldRun>(_runs.Count);
            foreach (var run in _runs.Values)
                held.Add(new HeldRun(run.Claim.Id, run.Claim.Token));
            return held;
        }
    }

    /// <summary>The store heard these results, whatever it made of them: their runs are out of hand.</summary>
    public void Forget(List<Settlement> settlements)
    {
        lock (_gate)
        {
            foreach (var settlement in settlements)
            {
                // An attempt of the same execution that was claimed meanwhile stays.
                if (_runs.Remove(settlement.Id, out var run) && run.Claim.Token != settlement.Token)
                    _runs.Add(settlement.Id, run);
            }
        }
    }

    private void HandBack(RunPhase phase)
    {
        lock (_gate)
        {
            lock (Places.Gate)
            {
                foreach (var run in _runs.Values)
                {
                    if (run.Phase == phase)
                        Places.HandBack(run);
                }
            }
        }
    }

    private bool GiveUp(ActiveRun run)
    {
        lock (Places.Gate)
            return Places.GiveUp(run);
    }

    private bool TryLose(ActiveRun run)
    {
        lock (Places.Gate)
        {
            if (run.Phase is RunPhase.Ended or RunPhase.Detached)
                return false;
            Places.GiveUp(run);
            return true;
        }
    }
}
