using System.Collections.Concurrent;
using NodaTime;
using Scheduling.Running;
using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>Turns the engine's events into notices for the program's observers. Not among the engine's events at all when there are none, so that runs then cost nothing more.</summary>
internal sealed class ExecutionObservers : IEngineEvents, IAsyncDisposable
{
    private readonly ConcurrentDictionary<(ExecutionId Id, long Token), (StartedExecution Started, long Stamp)> _open = new();
    private readonly ObserverLane[] _lanes;
    private readonly TimeProvider _time;

    public ExecutionObservers(IEnumerable<IExecutionObserver> observers, TimeSpan timeout, TimeProvider time, ObserverGuard guard)
    {
        _time = time;
        _lanes = [.. observers.Select(observer => new ObserverLane(observer, timeout, time, guard))];
    }

    public bool Any => _lanes.Length > 0;

    public void StateChanged(EngineState state, Exception? cause)
    {
    }

    public void Claimed(ClaimResponse claim, Duration elapsed)
    {
    }

    public void RunStarted(ClaimedRun run)
    {
        var started = StartedExecution.Of(run);
        _open[(run.Id, run.Token)] = (started, _time.GetTimestamp());
        Tell(new ExecutionNotice(started));
    }

    public void RunEnded(ClaimedRun run, Settlement result, Duration elapsed)
    {
    }

    public void RunDetached(ClaimedRun run)
    {
    }

    public void LeaseLost(ClaimedRun run) => _open.TryRemove((run.Id, run.Token), out _);

    public void Swept(SweepResponse sweep)
    {
    }

    public void Settled(IReadOnlyList<Settlement> results, IReadOnlyList<SettlementOutcome> outcomes)
    {
        for (var i = 0; i < results.Count; i++)
        {
            // A run that is handed back before its work began was never told of.
            if (_open.TryRemove((results[i].Id, results[i].Token), out var open) && outcomes[i] != SettlementOutcome.LeaseLost)
                Tell(new ExecutionNotice(open.Started, SettledExecution.Of(open.Started, results[i], _time.GetElapsedTime(open.Stamp))));
        }
    }

    /// <summary>Lets the observers hear what waits for them, as long as there is time.</summary>
    public async Task StopAsync(TimeSpan atMost, CancellationToken ct)
    {
        if (!Any)
            return;
        using var limit = new CancellationTokenSource(atMost, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        await EndAsync(both.Token).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await EndAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);

    private Task EndAsync(CancellationToken ct) => Task.WhenAll(_lanes.Select(lane => lane.StopAsync(ct)));

    private void Tell(ExecutionNotice notice)
    {
        foreach (var lane in _lanes)
            lane.Tell(notice);
    }
}
