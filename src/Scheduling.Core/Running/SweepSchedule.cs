using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Running;

/// <summary>When housekeeping runs: every sweep interval while there is work, every five minutes while there is none, at once while a round leaves something over.</summary>
internal sealed class SweepSchedule(EngineOptions options, MonotonicClock clock)
{
    // What cannot wait does not: when a lease of another process with runs ends, a claim expects it, and Claimed brings the sweep forward. The rest is what goes when it is old.
    private static readonly Duration IdleInterval = Duration.FromMinutes(5);
    private long _last = long.MinValue;

    public long Next { get; private set; } = long.MinValue;

    public bool IsDue => clock.Now >= Next;

    /// <summary>A claim found work, or none: with none behind an expected wake, another process's lease may have ended.</summary>
    public void Claimed(bool foundWork)
    {
        if (foundWork)
            Next = Math.Min(Next, clock.After(_last, options.SweepInterval));
    }

    /// <summary>A round is over; one that could judge no leases has left something to do.</summary>
    /// <param name="response">What was done.</param>
    /// <param name="untilTrusted">How long leases could not be judged yet; zero when they were.</param>
    /// <param name="clockBound">Later than which the store's now was not to be, else leases were not judged either.</param>
    public void Swept(SweepResponse response, Duration untilTrusted, Instant? clockBound)
    {
        _last = clock.Now;
        var isBusy = response.Reclaimed + response.Abandoned + response.Unparked > 0;
        var pause = isBusy ? options.SweepInterval : Duration.Max(IdleInterval, options.SweepInterval);
        if (untilTrusted > Duration.Zero)
            pause = Duration.Min(untilTrusted, options.SweepInterval);
        else if (response.StoreNow > clockBound)
            pause = options.SweepInterval;
        Next = response.HasMore ? _last : clock.After(_last, pause);
    }
}
