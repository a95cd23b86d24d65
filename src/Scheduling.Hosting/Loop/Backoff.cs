namespace Scheduling.Hosting;

/// <summary>How long to wait after failures: from 1-2 s, doubling, to 15-30 s. The spread keeps a fleet of nodes from coming back in step.</summary>
internal sealed class Backoff(Random random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Last = TimeSpan.FromSeconds(30);
    private TimeSpan _ceiling = First;

    /// <summary>The next wait: between half the ceiling and the ceiling, which doubles each time.</summary>
    public TimeSpan Next()
    {
        var wait = _ceiling * (0.5 + (random.NextDouble() / 2));
        _ceiling = _ceiling * 2 < Last ? _ceiling * 2 : Last;
        return wait;
    }

    /// <summary>Begins again: something worked.</summary>
    public void Reset() => _ceiling = First;
}
