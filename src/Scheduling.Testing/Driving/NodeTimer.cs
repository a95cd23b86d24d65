namespace Scheduling.Testing;

/// <summary>
/// A timer of one node. While it is armed, the flow that made it is at rest. The limits of a stop and of its calls are no rest of it: it goes on while they run, and time that moved on meanwhile would end them.
/// </summary>
internal sealed class NodeTimer(NodeClock clock, TimerCallback callback, object? state) : ITimer
{
    private readonly Flow? _flow = state is CancellationTokenSource && Flow.Current is { IsStop: true } ? null : Flow.Current;
    private ITimer _timer = null!;
    private int _isArmed;
    private bool _isPeriodic;

    public void Start(ManualTimeProvider time, TimeSpan dueTime, TimeSpan period)
    {
        _timer = time.CreateTimer(static timer => ((NodeTimer)timer!).Fired(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Change(dueTime, period);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (!_timer.Change(dueTime, period))
            return false;
        _isPeriodic = period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero;
        Mark(dueTime != Timeout.InfiniteTimeSpan);
        return true;
    }

    /// <summary>Fires what a frozen process missed. A period goes on as it was.</summary>
    public void FireSoon()
    {
        if (_isPeriodic)
            Call();
        else
            Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _timer.Dispose();
        Mark(isArmed: false);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Fired()
    {
        if (clock.IsGone)
            return;
        if (clock.Holds(isOfUserCode: _flow is not null))
            clock.Hold(this);
        else
            Call();
    }

    private void Call()
    {
        if (!_isPeriodic)
            Mark(isArmed: false);
        callback(state);
    }

    private void Mark(bool isArmed)
    {
        if (_flow is null || Interlocked.Exchange(ref _isArmed, isArmed ? 1 : 0) == (isArmed ? 1 : 0))
            return;
        if (isArmed)
            _flow.BeginWait();
        else
            _flow.EndWait();
    }
}
