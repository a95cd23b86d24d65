namespace Quickstart.Time;

/// <summary>A clock that runs faster than another one: wall time, monotonic time and timers alike, so that a program under it cannot tell.</summary>
/// <remarks>
/// The scheduler takes every time and every wait from one <see cref="TimeProvider"/>, which is all that it takes to run a day in a minute. Timers are as exact as the real ones beneath them:
/// a real millisecond is <c>speed</c> virtual ones. Thread-safe.
/// </remarks>
internal sealed class TimeLapse : TimeProvider
{
    private readonly TimeProvider _real;
    private readonly DateTimeOffset _start;
    private readonly long _realStart;

    /// <param name="real">The clock that is sped up.</param>
    /// <param name="speed">How many times faster this one runs, at least 1.</param>
    /// <param name="start">What this clock shows at first; null for what the real one shows.</param>
    public TimeLapse(TimeProvider real, int speed, DateTimeOffset? start = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speed, 1);
        _real = real;
        Speed = speed;
        _start = (start ?? real.GetUtcNow()).ToUniversalTime();
        _realStart = real.GetTimestamp();
    }

    /// <summary>How many times faster than the real clock this one runs.</summary>
    public int Speed { get; }

    /// <summary>One stamp is 100 ns of this clock, whatever the real clock counts in.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    // 128 bits: stamps of nanoseconds times ticks times speed leave 64 within seconds.
    public override long GetTimestamp() =>
        (long)((Int128)(_real.GetTimestamp() - _realStart) * TimeSpan.TicksPerSecond * Speed / _real.TimestampFrequency);

    /// <summary>The start plus what has passed; a step of the real wall clock is not followed, as the monotonic clock beneath does not either. Stays at the last instant there is.</summary>
    public override DateTimeOffset GetUtcNow() => _start.AddTicks(Math.Min(GetTimestamp(), (DateTimeOffset.MaxValue - _start).Ticks));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new TimeLapseTimer(this, _real.CreateTimer(callback, state, ToReal(dueTime), ToReal(period)));

    /// <summary>How long a stretch of this clock's time takes, in whole milliseconds because that is what timers count in; rounded up, so that nothing fires before its time.</summary>
    public TimeSpan ToReal(TimeSpan here)
    {
        // Zero (now, or no period) and -1 ms (never) are no durations; other negative ones are for the real clock to refuse.
        if (here <= TimeSpan.Zero)
            return here;
        var (milliseconds, rest) = Math.DivRem(here.Ticks, TimeSpan.TicksPerMillisecond * Speed);
        return TimeSpan.FromMilliseconds(milliseconds + (rest > 0 ? 1 : 0), 0);
    }
}
