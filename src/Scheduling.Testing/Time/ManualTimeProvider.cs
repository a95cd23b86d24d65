using NodaTime;

namespace Scheduling.Testing;

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
    private const int KeptDelays = 10_000;

    private readonly Lock _lock = new();
    private readonly TimerQueue _armed = new();
    private readonly Queue<TimeSpan> _requestedDelays = new();

    // Read without the lock: everybody asks for the time, all the time. Written in it.
    private long _wallAtZero;
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
    public ManualTimeProvider(Instant start) => _wallAtZero = start.ToDateTimeOffset().Ticks;

    /// <summary>A clock that stands at a time.</summary>
    /// <param name="start">Where it stands.</param>
    public ManualTimeProvider(DateTimeOffset start) => _wallAtZero = start.UtcTicks;

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
                return _armed.Next is { } next ? Instant.FromDateTimeOffset(WallAt(next.DueTicks)) : null;
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
    /// <returns>Whether there is one.</returns>
    public bool HasTimerAt(long timestamp)
    {
        lock (_lock)
        {
            foreach (var timer in _armed.All)
            {
                if (timer.DueTicks == timestamp)
                    return true;
            }
            return false;
        }
    }

    /// <summary>The delays and periods that timers were armed with, in order, the last 10,000; not the infinite ones.</summary>
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
    public override DateTimeOffset GetUtcNow() => WallAt(Volatile.Read(ref _ticks));

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _ticks);

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
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">A timer arms itself again and again with no delay.</exception>
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
    /// <exception cref="ArgumentOutOfRangeException">The time has passed.</exception>
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
            Volatile.Write(ref _wallAtZero, WallAt(by.Ticks).Ticks);
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
            Note(delay);
            if (period is { } each)
                Note(each);
            timer.DueTicks = _ticks + delay.Ticks;
            timer.Order = OrderTogether?.Invoke() ?? 0;
            _armed.Add(timer);
        }
    }

    /// <summary>Where a timer that is armed stands among those due together; null, the default, for the order in which they were made.</summary>
    internal Func<int>? OrderTogether { get; init; }

    /// <summary>When the next timer fires, on the monotonic clock; the greatest value when none is armed.</summary>
    internal long NextTicks
    {
        get
        {
            lock (_lock)
                return _armed.Next?.DueTicks ?? long.MaxValue;
        }
    }

    /// <summary>Moves both clocks to a point of the monotonic one without firing anything; no timer may be due before it.</summary>
    internal void GoTo(long ticks)
    {
        lock (_lock)
            MoveTo(ticks);
    }

    private DateTimeOffset WallAt(long ticks) => new(Volatile.Read(ref _wallAtZero) + ticks, TimeSpan.Zero);

    private void Note(TimeSpan delay)
    {
        if (_requestedDelays.Count == KeptDelays)
            _requestedDelays.Dequeue();
        _requestedDelays.Enqueue(delay);
    }

    private long TargetOf(TimeSpan by)
    {
        if (by < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(by), by, "Time does not go back; Jump moves the wall clock.");
        lock (_lock)
            return _ticks + by.Ticks;
    }

    /// <summary>Goes to the next timer that is due until the target and fires it; without one, goes to the target.</summary>
    internal bool FireNext(long target)
    {
        ManualTimer? next;
        lock (_lock)
        {
            next = _armed.Next is { } first && first.DueTicks <= target ? first : null;
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
        Volatile.Write(ref _ticks, ticks);
        _firingsAtOnce = 0;
    }

    private void TakeOut(ManualTimer due)
    {
        if (++_firingsAtOnce > MostFiringsAtOnce)
            throw new InvalidOperationException($"{MostFiringsAtOnce:N0} timers fired at {WallAt(_ticks):O}: one of them arms itself again with no delay.");
        _armed.Remove(due);
        if (due.PeriodTicks == 0)
            return;
        due.DueTicks += due.PeriodTicks;
        _armed.Add(due);
    }
}
