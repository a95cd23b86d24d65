using NodaTime;

namespace Scheduling.Running;

/// <summary>Lets the loop sleep until somebody wakes it or its time is over. A wake that comes while nobody sleeps is kept and ends the next sleep at once; it is cleared only by being consumed.</summary>
internal sealed class WakeSignal(TimeProvider time, EngineRuntime runtime)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _sleeper;
    private bool _isSet;

    public void Set()
    {
        // What the caller wrote before must be seen by whoever consumes the signal that is already set.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isSet))
            return;
        TaskCompletionSource? sleeper;
        lock (_gate)
        {
            _isSet = true;
            sleeper = _sleeper;
        }
        sleeper?.TrySetResult();
    }

    public async ValueTask WaitAsync(Duration wait, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (TryConsume() || wait <= Duration.Zero)
            return;
        var sleeper = runtime.CreateSleeper();
        lock (_gate)
        {
            if (!_isSet)
                _sleeper = sleeper;
        }
        if (_sleeper == sleeper)
            await SleepAsync(sleeper, wait, ct).ConfigureAwait(false);
        TryConsume();
    }

    private async ValueTask SleepAsync(TaskCompletionSource sleeper, Duration wait, CancellationToken ct)
    {
        using var timer = time.CreateTimer(static s => ((TaskCompletionSource)s!).TrySetResult(), sleeper, wait.ToTimeSpan(), Timeout.InfiniteTimeSpan);
        using var cancelled = ct.UnsafeRegister(static (s, token) => ((TaskCompletionSource)s!).TrySetCanceled(token), sleeper);
        try
        {
            await sleeper.Task.ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _sleeper = null;
        }
    }

    /// <summary>Takes the signal if it is set.</summary>
    public bool TryConsume()
    {
        if (!Volatile.Read(ref _isSet))
            return false;
        lock (_gate)
        {
            var was = _isSet;
            _isSet = false;
            return was;
        }
    }
}
