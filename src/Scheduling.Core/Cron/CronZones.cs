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

    /// <summary>The earliest occurrence at or after <paramref name="first"/>, or null.</summary>
    /// <param name="fields">The expression.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="from">The question: an instant of <paramref name="first"/> or of the second before.</param>
    /// <param name="first">Seconds since the Unix epoch.</param>
    /// <param name="exclusive">Whether <paramref name="first"/> is later than <paramref name="from"/>, and so not the start of its interval.</param>
    public static Instant? Next(in CronFields fields, DateTimeZone zone, Instant from, long first, bool exclusive)
    {
        if (zone.MinOffset == zone.MaxOffset)
        {
            var local = CronSearch.Next(fields, first + zone.MinOffset.Seconds);
            return local == CronSearch.Never ? null : ToInstant(local - zone.MinOffset.Seconds);
        }

        // The start of the interval only matters to a fixed time, which may have had its first pass before, and to the gap that ends there.
        var interval = zone.GetZoneInterval(from);
        if (interval is not null
            && ((exclusive && fields.Has(CronFlags.IntervalLike)) || !interval.HasStart || interval.Start.ToUnixTimeSeconds() + Reach <= first))
        {
            var offset = interval.WallOffset.Seconds;
            var next = CronSearch.Next(fields, first + offset);
            if (next <= CronSearch.MaxLocal - MaxOffset)
            {
                var answer = Instant.FromUnixTimeSeconds(next - offset);
                if (!interval.HasEnd || answer < interval.End)
                {
                    return answer;
                }

                if (interval.End.ToUnixTimeSeconds() >= first + Reach && IsFarFromChange(zone, answer, next, out answer))
                {
                    return answer;
                }
            }
        }

        var found = NextAcross(fields, new ZoneWalk(zone), first);
        return found == CronSearch.Never ? null : ToInstant(found);
    }

    /// <summary>The latest occurrence at or before <paramref name="last"/>, or null.</summary>
    /// <param name="fields">The expression.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="from">The question: an instant of <paramref name="last"/> or of the second after.</param>
    /// <param name="last">Seconds since the Unix epoch.</param>
    public static Instant? Previous(in CronFields fields, DateTimeZone zone, Instant from, long last)
    {
        if (zone.MinOffset == zone.MaxOffset)
        {
            var local = CronSearch.Previous(fields, last + zone.MinOffset.Seconds);
            return local == CronSearch.NeverBefore ? null : ToInstant(local - zone.MinOffset.Seconds);
        }

        var interval = zone.GetZoneInterval(from);
        if (interval is not null && (!interval.HasEnd || from < interval.End))
        {
            var offset = interval.WallOffset.Seconds;
            var previous = CronSearch.Previous(fields, last + offset);
            if (previous >= CronSearch.MinLocal + MaxOffset)
            {
                var start = interval.HasStart ? interval.Start.ToUnixTimeSeconds() : long.MinValue / 2;
                var answer = Instant.FromUnixTimeSeconds(previous - offset);
                if (previous - offset >= start + Reach || (start <= last - Reach && IsFarFromChange(zone, answer, previous, out answer)))
                {
                    return answer;
                }
            }
        }

        var found = PreviousAcross(fields, new ZoneWalk(zone), last);
        return found == CronSearch.NeverBefore ? null : ToInstant(found);
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

    // For a match in another interval than the question's. When both are far from every change of offset, nothing between them can be nearer: all local times there
    // are later than the question's and earlier than the match's (or the other way round).
    private static bool IsFarFromChange(DateTimeZone zone, Instant guess, long local, out Instant answer)
    {
        var interval = zone.GetZoneInterval(guess);
        var second = interval is null ? local : local - interval.WallOffset.Seconds;
        answer = Instant.FromUnixTimeSeconds(Math.Clamp(second, MinInstant, MaxInstant));
        return interval is not null
            && (!interval.HasStart || interval.Start.ToUnixTimeSeconds() + Reach <= second)
            && (!interval.HasEnd || second + Reach <= interval.End.ToUnixTimeSeconds());
    }

    // Local times have the years an Instant has; with an offset a few hours at the ends fall outside.
    private static Instant? ToInstant(long second) => second is >= MinInstant and <= MaxInstant ? Instant.FromUnixTimeSeconds(second) : null;

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
                return Math.Max(next - span.Offset, span.Start);
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

    [MethodImpl(MethodImplOptions.NoInlining)]
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
                return Math.Max(previous - span.Offset, span.Start);
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
