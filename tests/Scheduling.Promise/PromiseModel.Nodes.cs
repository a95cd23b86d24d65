using NodaTime;

namespace Scheduling.Promise;

/// <content>What may happen to nodes.</content>
public sealed partial class PromiseModel
{
    private const int MostNodes = 5;

    private HarnessNode? NodeOf(PromiseCommand command)
    {
        var alive = _harness.Nodes.Where(static node => node.State is HarnessNodeState.Running or HarnessNodeState.Frozen).ToList();
        return alive.Count == 0 ? null : alive[command.Which % alive.Count];
    }

    private void AddNode()
    {
        if (_harness.Nodes.Count(static node => node.State is HarnessNodeState.Running or HarnessNodeState.Frozen) < MostNodes)
            _harness.AddNode();
    }

    private async Task DisturbAsync(HarnessNode node, PromiseCommand command)
    {
        switch (command.Action)
        {
            case PromiseAction.Kill:
                Begin(node);
                _harness.FailNode(node);
                break;
            case PromiseAction.KillInCall:
                Begin(node);
                _harness.FailNodeInCall(node, CallOf(command), afterItsWork: command.Amount >= 50);
                break;
            case PromiseAction.Freeze when node.State == HarnessNodeState.Running:
                Begin(node);
                _harness.FreezeNode(node);
                break;
            case PromiseAction.Thaw when node.State == HarnessNodeState.Frozen:
                _harness.ThawNode(node);
                EndIfWell(node);
                break;
            case PromiseAction.Stop when node.State == HarnessNodeState.Running && !node.Store.IsFaulty:
                await StopAsync(node);
                break;
            case PromiseAction.LoseAnswers:
                Inject(node, CallOf(command), StoreFault.LosesAnswer, 1 + (command.Amount % 3));
                break;
            case PromiseAction.HangCalls:
                Inject(node, CallOf(command), StoreFault.Hangs, 1 + (command.Amount % 4));
                break;
            case PromiseAction.CallsComeLate:
                Inject(node, CallOf(command), StoreFault.ComesLate, 1);
                break;
            case PromiseAction.Outage:
                foreach (var each in _harness.Nodes)
                    Inject(each, StoreCall.All, StoreFault.Throws, int.MaxValue);
                break;
            case PromiseAction.Heal:
                foreach (var each in _harness.Nodes)
                    Heal(each);
                break;
            case PromiseAction.SkewNode:
                _skews[node.Name] = Duration.FromSeconds((command.Amount - 50) * 12);
                _harness.SkewClock(node, _skews[node.Name]);
                break;
            case PromiseAction.Starve when node.State == HarnessNodeState.Running:
                await StarveAsync(node, command);
                break;
        }
    }

    private static StoreCall CallOf(PromiseCommand command) => (command.Amount % 5) switch
    {
        0 or 1 => StoreCall.Claim,
        2 => StoreCall.Settle,
        3 => StoreCall.Renew,
        _ => StoreCall.Sweep,
    };

    /// <summary>User code blocks the pool, for longer than a lease at times. Renewals do not need the pool, so nobody may take the node's work.</summary>
    private async Task StarveAsync(HarnessNode node, PromiseCommand command)
    {
        _harness.BlockPool(node);
        await _harness.AdvanceByAsync(Duration.FromSeconds(command.Amount));
        _highest = Instant.Max(_highest, Now);
        if (node.State == HarnessNodeState.Running)
            _harness.FreePool(node);
    }

    private async Task StopAsync(HarnessNode node)
    {
        Begin(node);
        await _harness.StopNodeAsync(node);
        _highest = Instant.Max(_highest, Now);
        AddNode();
    }

    private void Inject(HarnessNode node, StoreCall call, StoreFault fault, int times)
    {
        Begin(node);
        node.Store.Inject(call, fault, times);
    }

    private void Heal(HarnessNode node)
    {
        node.Store.Heal();
        EndIfWell(node);
    }

    private void Begin(HarnessNode node) => _disturbances.Begin(node.Name, _harness.Time.Elapsed);

    private void EndIfWell(HarnessNode node)
    {
        if (node.State == HarnessNodeState.Running && !node.Store.IsFaulty && node.Store.HangingCalls == 0)
            _disturbances.End(node.Name, _harness.Time.Elapsed);
    }

    /// <summary>The world is well again: everything ends, and every node works.</summary>
    private async Task DrainAsync()
    {
        foreach (var node in _harness.Nodes)
        {
            node.Store.Heal();
            if (node.State == HarnessNodeState.Frozen)
                _harness.ThawNode(node);
            EndIfWell(node);
        }
        _harness.AddNode();
        await _harness.AdvanceByAsync(Duration.FromMinutes(2));
        await ObserveAsync();
        foreach (var job in _jobs)
            await JobsOf(job).PauseAsync(job.Id);
        await _harness.RunUntilIdleAsync(Duration.FromHours(2));
        await ObserveAsync();
        _highest = Instant.Max(_highest, Now);
        foreach (var job in _jobs)
            Holds(job.Rows.Values.All(static row => row.Status.IsTerminal()), $"An execution of {job.Key} is still open.");
    }

    /// <summary>No loop has died or spins, whatever its store did.</summary>
    private void CheckNodes()
    {
        foreach (var node in _harness.Nodes.Where(static node => node.State == HarnessNodeState.Running))
        {
            Holds(node.Engine is { State: Running.EngineState.Running }, $"{node.Name} is {node.Engine!.State} in the end: {node.Engine.LastFailure?.Message}");
            Holds(node.Engine is { Unsettled: 0 }, $"{node.Name} has results that it never wrote.");
        }
        var calls = _harness.Nodes.Sum(static node => node.Store.CountOf(StoreCall.Engine));
        var most = (_harness.Time.Elapsed.TotalSeconds * _harness.Nodes.Count) + (20 * _work.Starts.Count) + 1_000;
        Holds(calls <= most, $"{calls} calls to the store in {_harness.Time.Elapsed}: somebody spins.");
    }
}
