namespace Scheduling.Sqlite;

/// <summary>Has the writer look for the wakes of other processes now and then, as long as somebody listens. The next look is only planned when one is done, so that looks never pile up, on a virtual clock either.</summary>
internal sealed class ForeignWatch : IDisposable
{
    private readonly Writer _writer;
    private readonly TimeSpan _interval;
    private readonly ITimer _timer;
    private int _isStarted;

    public ForeignWatch(Writer writer, TimeProvider time, TimeSpan interval)
    {
        (_writer, _interval) = (writer, interval);
        _timer = time.CreateTimer(static watch => ((ForeignWatch)watch!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins, once.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _isStarted, 1) == 0)
            PlanNext();
    }

    public void Dispose() => _timer.Dispose();

    private void Look() => _writer.Look(PlanNext);

    private void PlanNext() => _timer.Change(_interval, Timeout.InfiniteTimeSpan);
}
