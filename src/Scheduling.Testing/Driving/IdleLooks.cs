using Scheduling.Storage;

namespace Scheduling.Testing;

/// <summary>
/// Leaves out the looks that can find nothing. An idle node looks every 30 seconds in case a wake was lost; in a harness nobody else is there, so while nothing is open, nothing is broken and no job waits for an
/// executor, time may go to the next due work at once.
/// </summary>
internal sealed class IdleLooks(ISchedulingStore store, bool isOn)
{
    private readonly bool _isOn = isOn && store.Capabilities.SendsWakes;
    private bool _isSure;
    private bool _isSkipping;

    /// <summary>Something happened after which the store may hold more than the nodes know of: a write, a fault, a lost node.</summary>
    public void Doubt() => _isSure = false;

    /// <summary>When the next node is to step; the greatest value when none is.</summary>
    public long NextStep(List<HarnessNode> nodes)
    {
        var skips = _isOn && nodes.TrueForAll(static node => node.IsQuiet) && IsSure();
        var next = long.MaxValue;
        foreach (var node in nodes)
        {
            if (skips)
                node.SkipIdleLooks();
            else if (_isSkipping)
                node.TakeUpIdleLooks();
            next = Math.Min(next, node.NextStep);
        }
        _isSkipping = skips;
        return next;
    }

    private bool IsSure()
    {
        if (_isSure)
            return true;
        var looking = store.Claims.InspectAsync(default);
        _isSure = looking.IsCompletedSuccessfully && looking.Result is { OpenExecutions: 0, OldestDue: null, ExecutorsWithoutNode.Count: 0, ParkedJobs: 0 };
        return _isSure;
    }
}
