using NodaTime;
using NodaTime.TimeZones;

namespace Scheduling.Cron;

/// <summary>A zone interval in whole seconds: from <see cref="Start"/> (inclusive) to <see cref="End"/> (exclusive) clocks show UTC + <see cref="Offset"/>.</summary>
internal readonly struct ZoneSpan
{
    // Far outside of what an Instant can be, and far enough from the limits of long to add offsets to.
    private const long Unbounded = 1L << 60;

    public ZoneSpan(ZoneInterval interval)
    {
        Start = interval.HasStart ? interval.Start.ToUnixTimeSeconds() : -Unbounded;

        // Rounded up: a change in the middle of a second (no real zone has one) then leaves no second without an interval.
        End = interval.HasEnd ? (interval.End - Duration.Epsilon).ToUnixTimeSeconds() + 1 : Unbounded;
        Offset = interval.WallOffset.Seconds;
    }

    public long Start { get; }

    public long End { get; }

    public int Offset { get; }

    public bool HasStart => Start != -Unbounded;

    public bool HasEnd => End != Unbounded;

    public long LocalStart => Start + Offset;

    public long LocalEnd => End + Offset;
}
