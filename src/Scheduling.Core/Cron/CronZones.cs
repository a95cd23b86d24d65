using System.Runtime.CompilerServices;
using NodaTime;
using NodaTime.TimeZones;

namespace Scheduling.Cron;

/// <summary>
/// Maps matches on the local time line to instants of a zone, and back: the rules for gaps and overlaps are here and nowhere else.
/// </summary>
/// <remarks>
/// <para>
/// A zone is a row of intervals with one offset each. To each interval belongs a stretch of local time that it alone answers for: from its lower
/// bound (see <see cref="LowerBound"/>) to its local end. Skipped local times belong to the interval after the gap and clamp to its start, so they
/// merge into one. Repeated ones belong to the first pass, and for interval-like expressions to the second as well. Within an interval local order
/// is the order of instants, so the occurrences are a set, and next and previous are exact inverses.
/// </para>
/// <para>
/// Far from the ends of the question's interval one interval and one local search are the whole work. Near them, or when the answer is further away,
/// the stretches are walked; intervals that cannot hold the answer are jumped over, so a yearly expression does not pay for every change of offset.
/// Zones of other people's making may be wrong: an interval that does not contain its instant, or thousands of changes in a row, end in an exception.
/// </para>
/// </remarks>
internal static class CronZones
{
    /// <summary>The latest second an <see cref="Instant"/> can be.</summary>
    public const long MaxInstant = CronSearch.MaxLocal;

    /// <summary>The earliest second an <see cref="Instant"/> can be.</summary>
    public const long MinInstant = CronSearch.MinLocal;

    private const int MaxOffset = 18 * 3600;

    // Two offsets differ by at most this: what is further from a change of offset does not feel it.
    private const int Reach = 2 * MaxOffset;

    /// <summary>The earliest occurrence at or after <paramref name="first"/>, or <see cref="CronSearch.Never"/>.</summary>
    /// <param name="fields">The expression.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="from">Any instant of the second before <paramref name="first"/> or of that second.</param>
    /// <param name="first">Seconds since the Unix epoch.</param>
    public static long Next(in CronFields fields, DateTimeZone zone, Instant from, long first)
    {
        if (zone.MinOffset == zone.MaxOffset)
        {
            return NextFixed(fields, zone.MinOffset.Seconds, first);
        }

        var interval = zone.GetZoneInterval(from);
        if (interval is not null && (!interval.HasStart || interval.Start.ToUnixTimeSeconds() + Reach <= first))
        {
            var offset = interval.WallOffset.Seconds;
            var next = CronSearch.Next(fields, first + offset);
            if (next != CronSearch.Never && (!interval.HasEnd || next - offset < interval.End.ToUnixTimeSeconds()))
            {
                return next - offset <= MaxInstant ? next - offset : CronSearch.Never;
            }
        }

        return NextAcross(fields, new ZoneWalk(zone), first);
    }

    /// <summary>The latest occurrence at or before <paramref name="last"/>, or <see cref="CronSearch.NeverBefore"/>.</summary>
    public static long Previous(in CronFields fields, DateTimeZone zone, long last)
    {
        if (zone.MinOffset == zone.MaxOffset)
        {
            return PreviousFixed(fields, zone.MinOffset.Seconds, last);
        }

        var walk = new ZoneWalk(zone);
        if (last < MinInstant)
        {
            return CronSearch.NeverBefore;
        }

        var span = walk.At(last);
        var previous = CronSearch.Previous(fields, last + span.Offset);
        if (previous != CronSearch.NeverBefore && (!span.HasStart || previous - span.Offset >= span.Start + Reach))
        {
            return previous - span.Offset >= MinInstant ? previous - span.Offset : CronSearch.NeverBefore;
        }

        return PreviousAcross(fields, walk, last);
    }

    /// <summary>The start of the local stretch an interval answers for; see the remarks of this class.</summary>
    public static long LowerBound(in CronFields fields, ref ZoneWalk walk, ZoneSpan span)
    {
        if (!span.HasStart)
        {
            return CronSearch.MinLocal;
        }

        // Normally only the interval before matters. Changes of offset closer together than offsets can differ are why this is a loop.
        var covered = long.MinValue;
        var before = span;
        do
        {
            before = walk.At(before.Start - 1);
            covered = Math.Max(covered, before.LocalEnd);
        }
        while (before.HasStart && before.Start > span.Start - Reach);

        return fields.Has(CronFlags.IntervalLike) ? Math.Min(covered, span.LocalStart) : covered;
    }

    private static long NextFixed(in CronFields fields, int offset, long first)
    {
        var next = CronSearch.Next(fields, first + offset);
        return next != CronSearch.Never && next - offset <= MaxInstant ? next - offset : CronSearch.Never;
    }

    private static long PreviousFixed(in CronFields fields, int offset, long last)
    {
        var previous = CronSearch.Previous(fields, last + offset);
        return previous != CronSearch.NeverBefore && previous - offset >= MinInstant ? previous - offset : CronSearch.NeverBefore;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long NextAcross(in CronFields fields, ZoneWalk walk, long first)
    {
        for (var at = first; at <= MaxInstant;)
        {
            var span = walk.At(at);
            var lower = LowerBound(fields, ref walk, span);

            // A question at the very start of an interval asks for the gap before it too.
            if (first > span.Start || !span.HasStart)
            {
                lower = Math.Max(lower, first + span.Offset);
            }

            var next = CronSearch.Next(fields, lower);
            if (next < span.LocalEnd)
            {
                var instant = Math.Max(next - span.Offset, span.Start);
                return instant <= MaxInstant ? instant : CronSearch.Never;
            }

            if (!span.HasEnd)
            {
                break;
            }

            // Intervals that begin a whole offset after the local times searched, and end before the next match, hold nothing.
            at = span.End;
            if (at >= lower + MaxOffset)
            {
                if (next == CronSearch.Never)
                {
                    break;
                }

                at = Math.Max(at, next - MaxOffset);
            }
        }

        return CronSearch.Never;
    }

    private static long PreviousAcross(in CronFields fields, ZoneWalk walk, long last)
    {
        for (var at = last; at >= MinInstant;)
        {
            var span = walk.At(at);
            var lower = LowerBound(fields, ref walk, span);
            var upper = Math.Min(span.LocalEnd - 1, last + span.Offset);
            var previous = CronSearch.Previous(fields, upper);
            if (previous >= lower)
            {
                var instant = Math.Max(previous - span.Offset, span.Start);
                return instant >= MinInstant ? instant : CronSearch.NeverBefore;
            }

            if (!span.HasStart)
            {
                break;
            }

            at = span.Start - 1;
            if (at <= upper - MaxOffset)
            {
                if (previous == CronSearch.NeverBefore)
                {
                    break;
                }

                at = Math.Min(at, previous + MaxOffset);
            }
        }

        return CronSearch.NeverBefore;
    }
}
