using NodaTime;

namespace Scheduling.Schedules;

/// <summary>
/// Equidistant slots on whole seconds: one at the origin and one every period before and after it. Every answer is closed-form, whatever the distance.
/// </summary>
/// <remarks>
/// Instants span about ±3.8 × 10¹¹ seconds and durations 1.5 × 10¹², so sums and differences of a few of them stay far below what a long holds.
/// </remarks>
internal readonly struct SlotGrid(long originSecond, long periodSeconds)
{
    /// <summary>Seconds from one slot to the next; at least 1.</summary>
    internal long PeriodSeconds => periodSeconds;

    /// <summary>The first slot strictly after the instant; null past the end of time.</summary>
    internal Instant? NextAfter(Instant after) => InstantMath.FromSecondOrNull(SlotAt(IndexAt(after.ToUnixTimeSeconds()) + 1));

    /// <summary>The last slot at or before the instant; null before the beginning of time.</summary>
    internal Instant? LatestAtOrBefore(Instant at) => InstantMath.FromSecondOrNull(SlotAt(IndexAt(at.ToUnixTimeSeconds())));

    /// <summary>How many slots lie between the two, both included; at most <paramref name="limit"/>.</summary>
    internal long Count(Instant first, Instant last, long limit)
    {
        if (first > last) return 0;
        long count = IndexAt(last.ToUnixTimeSeconds()) - IndexAt(first.CeilingSecond() - 1);
        return Math.Min(count, limit);
    }

    /// <summary>Number, counted from the origin, of the last slot at or before the second.</summary>
    private long IndexAt(long second) => InstantMath.FloorDivide(second - originSecond, periodSeconds);

    private long SlotAt(long index) => originSecond + (index * periodSeconds);
}
