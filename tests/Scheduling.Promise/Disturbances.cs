using NodaTime;

namespace Scheduling.Promise;

/// <summary>When which node was disturbed in a way that may cost it its lease: killed, frozen, stopped, or cut off from the store.</summary>
internal sealed class Disturbances
{
    /// <summary>How long after a disturbance its lease may still be lost for it: lease, sweep, and the wait after an outage.</summary>
    private static readonly Duration Aftermath = Duration.FromSeconds(75);

    private readonly List<(string Node, Duration From, Duration? To)> _all = [];

    public void Begin(string node, Duration at) => _all.Add((node, at, null));

    public void End(string node, Duration at)
    {
        for (var i = 0; i < _all.Count; i++)
        {
            if (_all[i].Node == node && _all[i].To is null)
                _all[i] = (node, _all[i].From, at + Aftermath);
        }
    }

    public bool Explain(string node, Duration from, Duration to) => _all.Exists(d => d.Node == node && d.From <= to && (d.To is null || d.To >= from));
}
