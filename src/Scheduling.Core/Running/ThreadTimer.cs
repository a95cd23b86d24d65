using System.Diagnostics;

namespace Scheduling.Running;

/// <summary>A one-shot timer of the system's clock whose callback runs on a thread of its own, so that it keeps time when the pool has no thread left. The thread begins with the first due time.</summary>
internal sealed class ThreadTimer(string name, Action callback) : ITimer
{
    private readonly object _gate = new();
    private Thread? _thread;
    private long _dueAt = long.MaxValue;
    private bool _isDisposed;

    /// <summary>Sets when the callback runs next; the period must be infinite.</summary>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan)
            throw new NotSupportedException("The timer is one-shot: the period must be infinite.");
        lock (_gate)
        {
            if (_isDisposed)
                return false;
            _dueAt = dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : Stopwatch.GetTimestamp() + (long)(dueTime.TotalSeconds * Stopwatch.Frequency);
            if (_thread is null && _dueAt != long.MaxValue)
                Begin();
            Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>Ends the thread; a callback that runs goes on to its end.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Monitor.Pulse(_gate);
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Begin()
    {
        _thread = new Thread(Run) { Name = name, IsBackground = true };

        // Nothing of whoever made the first lease may flow into every renewal.
        _thread.UnsafeStart();
    }

    private void Run()
    {
        while (WaitUntilDue())
            callback();
    }

    private bool WaitUntilDue()
    {
        lock (_gate)
        {
            while (!_isDisposed)
            {
                if (_dueAt == long.MaxValue)
                {
                    Monitor.Wait(_gate);
                    continue;
                }
                var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), _dueAt);
                if (left <= TimeSpan.Zero)
                {
                    _dueAt = long.MaxValue;
                    return true;
                }

                // Rounded up: waking a little early would only mean to wait once more.
                Monitor.Wait(_gate, (int)Math.Min(int.MaxValue, Math.Ceiling(left.TotalMilliseconds)));
            }
            return false;
        }
    }
}
