using NodaTime;

namespace Scheduling.Running;

/// <summary>One timer for all timeouts and graces: set to the earliest, it looks through the active runs, which are few, and fires or detaches those whose time is over.</summary>
internal sealed class DeadlineWatch : IDisposable
{
    private readonly RunTable _table;
    private readonly MonotonicClock _clock;
    private readonly Duration _grace;
    private readonly Action<ActiveRun> _detach;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private long _armedFor = long.MaxValue;

    public DeadlineWatch(RunTable table, MonotonicClock clock, Duration grace, Action<ActiveRun> detach)
    {
        _table = table;
        _clock = clock;
        _grace = grace;
        _detach = detach;
        _timer = clock.Time.CreateTimer(static s => ((DeadlineWatch)s!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>Makes sure that somebody looks at a time.</summary>
    public void ArmFor(long deadline)
    {
        lock (_gate)
        {
            if (deadline >= _armedFor)
                return;
            _armedFor = deadline;
            SetTimer(deadline);
        }
    }

    /// <summary>Fires a run's token and gives it its grace.</summary>
    public void Cancel(Func<ActiveRun, bool> which, RunCancelReason reason)
    {
        var graceEnd = _clock.After(_clock.Now, _grace);
        foreach (var run in _table.MarkCancelled(which, reason, graceEnd))
            _ = run.FireAsync();
        ArmFor(graceEnd);
    }

    private void Look()
    {
        lock (_gate)
            _armedFor = long.MaxValue;
        var (over, next) = _table.Overdue(_clock.Now);
        var timedOut = over.Where(static run => !run.IsAskedToEnd).ToHashSet();
        foreach (var run in over)
        {
            if (!timedOut.Contains(run))
                _detach(run);
        }
        if (timedOut.Count > 0)
            Cancel(timedOut.Contains, RunCancelReason.Timeout);
        if (next != long.MaxValue)
            ArmFor(next);
    }

    // A timer holds at most 49 days; a longer wait looks early, finds nothing over and is set again.
    private void SetTimer(long deadline)
    {
        var wait = Duration.Min(Duration.Max(Duration.Zero, _clock.Between(_clock.Now, deadline)), Duration.FromDays(20));
        _timer.Change(wait.ToTimeSpan(), Timeout.InfiniteTimeSpan);
    }
}
