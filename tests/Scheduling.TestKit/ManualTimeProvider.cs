using NodaTime;

namespace Scheduling.TestKit;

/// <summary>A clock that moves only when a test moves it: wall time, monotonic time and every timer made from it.</summary>
/// <remarks>
/// <para>
/// Advancing goes from timer to timer: time stands at a timer's due time while its callback runs, synchronously on the advancing thread, so what a callback reads, arms or stops is seen in
/// order. Timers due at the same time fire in the order they were made. A timer that is due at once fires on the next advance, <c>Advance(TimeSpan.Zero)</c> included, never inside
/// <see cref="CreateTimer"/>: a real one does not run under its maker's locks either.
/// </para>
/// <para>
/// Timers follow the monotonic clock, as real ones do: <see cref="Jump"/> moves the wall clock alone. A callback runs in the execution context its timer was made in and without a
/// synchronization context, so that continuations run inline or on the thread pool as in production. What a callback throws comes out of the advance.
/// Thread-safe; two threads that advance at once share the timers between them.
/// </para>
/// </remarks>
public sealed partial class ManualTimeProvider : TimeProvider
{
    // Nobody needs more at one point of time; more is a timer that re-arms itself with zero and would never let go.
    private const int MostFiringsAtOnce = 100_000;

    private readonly Lock _lock = new();
    private readonly SortedSet<ManualTimer> _armed = new(ManualTimer.DueOrder);
    private readonly List<TimeSpan> _requestedDelays = [];
    private DateTimeOffset _wallAtZero;
    private long _ticks;
    private long _made;
    private int _firingsAtOnce;

    /// <summary>A clock that stands at 2026-03-04T15:30:20Z, a Wednesday.</summary>
    public ManualTimeProvider()
        : this(Instant.FromUtc(2026, 3, 4, 15, 30, 20))
    {
    }

    /// <summary>A clock that stands at an instant, cut to 100 ns.</summary>
    /// <param name="start">Where it stands.</param>
    public ManualTimeProvider(Instant start) => _wallAtZero = start.ToDateTimeOffset();

    /// <summary>A clock that stands at a time.</summary>
    /// <param name="start">Where it stands.</param>
    public ManualTimeProvider(DateTimeOffset start) => _wallAtZero = start.ToUniversalTime();

    /// <summary>The wall clock.</summary>
    public Instant Now => Instant.FromDateTimeOffset(GetUtcNow());

    /// <summary>How far the monotonic clock has come; jumps do not count.</summary>
    public Duration Elapsed => Duration.FromTicks(GetTimestamp());

    /// <summary>What the wall clock will show when the next timer fires, if it does not jump; null when no timer is armed.</summary>
    public Instant? NextTimerDue
    {
        get
        {
            lock (_lock)
                return _armed.Min is { } next ? Instant.FromDateTimeOffset(_wallAtZero.AddTicks(next.DueTicks)) : null;
        }
    }

    /// <summary>How many timers are armed.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_lock)
                return _armed.Count;
        }
    }

    /// <summary>Whether a timer is armed for exactly this point of the monotonic clock: the one that a test knows some loop to wait for.</summary>
    /// <param name="timestamp">The point, as <see cref="GetTimestamp"/> will show it.</param>
    public bool HasTimerAt(long timestamp)
    {
        lock (_lock)
            return _armed.Any(timer => timer.DueTicks == timestamp);
    }

    /// <summary>Every delay and period that a timer was armed with, in order; not the infinite ones.</summary>
    public IReadOnlyList<TimeSpan> RequestedDelays
    {
        get
        {
            lock (_lock)
                return [.. _requestedDelays];
        }
    }

    /// <summary>One tick is 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _wallAtZero.AddTicks(_ticks);
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
            return _ticks;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state, Interlocked.Increment(ref _made));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves both clocks and fires every timer that falls due on the way.</summary>
    /// <param name="by">How far; not negative. Zero fires what is due now.</param>
    /// <returns>How many timers fired.</returns>
    public int Advance(TimeSpan by)
    {
        var target = TargetOf(by);
        var fired = 0;
        while (FireNext(target))
            fired++;
        return fired;
    }

    /// <summary>Advances until the wall clock shows a time.</summary>
    /// <param name="to">The time; not before now.</param>
    /// <returns>How many timers fired.</returns>
    public int AdvanceTo(DateTimeOffset to) => Advance(to - GetUtcNow());

    /// <summary>Advances until the wall clock shows an instant.</summary>
    /// <param name="to">The instant, cut to 100 ns; not before now.</param>
    /// <returns>How many timers fired.</returns>
    public int AdvanceTo(Instant to) => AdvanceTo(to.ToDateTimeOffset());

    /// <summary>Steps the wall clock and nothing else: the monotonic clock stands, no timer fires or moves.</summary>
    /// <param name="by">How far, forward or back.</param>
    public void Jump(TimeSpan by)
    {
        lock (_lock)
            _wallAtZero += by;
    }

    /// <summary>Arms a timer anew. A due time of null disarms it.</summary>
    internal void Arm(ManualTimer timer, TimeSpan? dueTime, TimeSpan? period)
    {
        lock (_lock)
        {
            _armed.Remove(timer);
            timer.PeriodTicks = period?.Ticks ?? 0;
            if (dueTime is not { } delay)
                return;
            _requestedDelays.Add(delay);
            if (period is { } each)
                _requestedDelays.Add(each);
            timer.DueTicks = _ticks + delay.Ticks;
            _armed.Add(timer);
        }
    }

    private long TargetOf(TimeSpan by)
    {
        if (by < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(by), by, "Time does not go back; Jump moves the wall clock.");
        lock (_lock)
            return _ticks + by.Ticks;
    }

    /// <summary>Goes to the next timer that is due until the target and fires it; without one, goes to the target.</summary>
    private bool FireNext(long target)
    {
        ManualTimer? next;
        lock (_lock)
        {
            next = _armed.Min is { } first && first.DueTicks <= target ? first : null;
            MoveTo(next?.DueTicks ?? target);
            if (next is not null)
                TakeOut(next);
        }
        next?.Fire();
        return next is not null;
    }

    private void MoveTo(long ticks)
    {
        if (ticks <= _ticks)
            return;
        _ticks = ticks;
        _firingsAtOnce = 0;
    }

    private void TakeOut(ManualTimer due)
    {
        if (++_firingsAtOnce > MostFiringsAtOnce)
            throw new InvalidOperationException($"{MostFiringsAtOnce:N0} timers fired at {_wallAtZero.AddTicks(_ticks):O}: one of them arms itself again with no delay.");
        _armed.Remove(due);
        if (due.PeriodTicks == 0)
            return;
        due.DueTicks += due.PeriodTicks;
        _armed.Add(due);
    }
}
