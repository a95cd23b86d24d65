namespace Scheduling.Testing;

/// <summary>A timer of a <see cref="ManualTimeProvider"/>, with the same limits on its delays as a real one.</summary>
internal sealed class ManualTimer : ITimer
{
    private const uint LongestMilliseconds = uint.MaxValue - 1;

    private readonly ManualTimeProvider _time;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private readonly long _number;
    private readonly ExecutionContext? _context;
    private volatile bool _disposed;

    public ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state, long number)
    {
        _time = time;
        _callback = callback;
        _state = state;
        _number = number;
        _context = ExecutionContext.Capture();
    }

    /// <summary>When it fires, on the monotonic clock. Changes only while the timer is not armed, under the provider's lock.</summary>
    public long DueTicks { get; set; }

    /// <summary>Where it stands among timers that are due together; 0 for the order in which they were made.</summary>
    public int Order { get; set; }

    /// <summary>How long after one firing the next is due; 0 for a timer that fires once.</summary>
    public long PeriodTicks { get; set; }

    /// <summary>Its place in the queue; negative while it is not armed.</summary>
    public int Place { get; set; } = -1;

    public bool IsBefore(ManualTimer other)
    {
        if (DueTicks != other.DueTicks)
            return DueTicks < other.DueTicks;
        return Order != other.Order ? Order < other.Order : _number < other._number;
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        var due = Checked(dueTime, nameof(dueTime));
        var each = Checked(period, nameof(period));
        if (_disposed)
            return false;
        _time.Arm(this, due, each == TimeSpan.Zero ? null : each);
        return true;
    }

    public void Fire()
    {
        if (_context is null)
            Call();
        else
            ExecutionContext.Run(_context, static timer => ((ManualTimer)timer!).Call(), this);
    }

    public void Dispose()
    {
        _disposed = true;
        _time.Arm(this, dueTime: null, period: null);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Call()
    {
        var before = SynchronizationContext.Current;
        if (before is null)
        {
            _callback(_state);
            return;
        }
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            _callback(_state);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static TimeSpan? Checked(TimeSpan delay, string name)
    {
        if (delay == Timeout.InfiniteTimeSpan)
            return null;
        if (delay < TimeSpan.Zero || delay.TotalMilliseconds > LongestMilliseconds)
            throw new ArgumentOutOfRangeException(name, delay, $"A timer takes 0 to {LongestMilliseconds} ms, or Timeout.InfiniteTimeSpan.");
        return delay;
    }
}
