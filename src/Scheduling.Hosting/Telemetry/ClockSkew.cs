using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>
/// How far this node's wall clock is from the store's, as claims show it. Nothing is decided by the node's clock, so a wrong one harms no job; but logs, traces and user code go by it, and when it is the
/// store's that is wrong, everything starts at the wrong time.
/// </summary>
/// <remarks>
/// The store reads its clock at some moment of the call: the middle is the best guess, and half of the call's time is how wrong the guess may be. An alarm needs more than that. Thread-safe.
/// </remarks>
internal sealed class ClockSkew(TimeProvider time)
{
    /// <summary>Above this it is an alarm.</summary>
    private static readonly Duration Alarm = Duration.FromSeconds(2);

    /// <summary>At or below this the alarm is over: less than what raises it, so that a clock just there is not told of again and again.</summary>
    private static readonly Duration Rest = Duration.FromSeconds(1);

    private readonly Lock _gate = new();
    private Duration? _last;
    private bool _isAlarm;

    /// <summary>How far the node was ahead of the store at the last claim, negative for behind; null before the first one.</summary>
    public Duration? Last
    {
        get
        {
            lock (_gate)
                return _last;
        }
    }

    /// <summary>A claim was answered.</summary>
    /// <param name="claim">The answer, with the store's now.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="skew">How far the node is ahead.</param>
    /// <returns>Whether an alarm begins (true) or ends (false) with this; null for neither.</returns>
    public bool? Look(ClaimResponse claim, Duration elapsed, out Duration skew)
    {
        var doubt = elapsed / 2;
        skew = Instant.FromDateTimeOffset(time.GetUtcNow()) - doubt - claim.StoreNow;
        var size = Duration.Max(skew, -skew);
        lock (_gate)
        {
            _last = skew;
            if (_isAlarm ? size + doubt > Rest : size - doubt <= Alarm)
                return null;
            return _isAlarm = !_isAlarm;
        }
    }
}
