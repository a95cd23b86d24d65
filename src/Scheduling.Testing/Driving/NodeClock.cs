namespace Scheduling.Testing;

/// <summary>The clock of one node: the harness's time, with a wall clock that may be wrong, and timers that stand still with their node.</summary>
internal sealed class NodeClock(ManualTimeProvider time) : TimeProvider
{
    private readonly List<NodeTimer> _held = [];

    /// <summary>How far the wall clock is ahead of the harness's.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>Whether the node's process stands still: its timers fire when it goes on.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>Whether the node's process is gone: its timers never fire.</summary>
    public bool IsGone { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Skew;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new NodeTimer(this, callback, state);
        timer.Start(time, dueTime, period);
        return timer;
    }

    /// <summary>Whether the node's pool has no thread left: timers of user code fire when it has one again.</summary>
    public bool IsPoolBlocked { get; private set; }

    /// <summary>Whether the engine's own timers need the pool too.</summary>
    public bool RenewsOnPool { get; init; }

    public void Freeze() => IsFrozen = true;

    public void BlockPool() => IsPoolBlocked = true;

    /// <summary>The process goes on: what was due meanwhile is due now.</summary>
    public void Thaw()
    {
        IsFrozen = false;
        LetGo();
    }

    public void FreePool()
    {
        IsPoolBlocked = false;
        LetGo();
    }

    internal bool Holds(bool isOfUserCode) => IsFrozen || (IsPoolBlocked && (isOfUserCode || RenewsOnPool));

    internal void Hold(NodeTimer timer)
    {
        if (!_held.Contains(timer))
            _held.Add(timer);
    }

    private void LetGo()
    {
        var held = _held.ToArray();
        _held.Clear();
        foreach (var timer in held)
            timer.FireSoon();
    }
}
