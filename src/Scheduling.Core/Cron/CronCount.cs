using System.Numerics;
using NodaTime;

namespace Scheduling.Cron;

/// <summary>Counts occurrences without visiting them: whole days by the number of their matches, whole months by the number of their days.</summary>
internal static class CronCount
{
    private const int SecondsPerDay = 86400;

    /// <summary>The number of occurrences from <paramref name="first"/> to <paramref name="last"/>, both included, but at most <paramref name="limit"/>.</summary>
    public static long InZone(in CronFields fields, DateTimeZone zone, long first, long last, long limit)
    {
        first = Math.Max(first, CronZones.MinInstant);
        last = Math.Min(last, CronZones.MaxInstant);
        var walk = new ZoneWalk(zone);
        var count = 0L;
        for (var at = first; at <= last && count < limit;)
        {
            var span = walk.At(at);
            count += InSpan(fields, ref walk, span, first, last);
            at = span.End;
        }

        return Math.Min(count, limit);
    }

    private static long InSpan(in CronFields fields, ref ZoneWalk walk, ZoneSpan span, long first, long last)
    {
        var lower = CronZones.LowerBound(fields, ref walk, span);
        var upper = Math.Min(span.LocalEnd - 1, last + span.Offset);
        var clear = Math.Max(lower, Math.Max(span.LocalStart, first + span.Offset));
        var count = Local(fields, clear, upper);
        if (lower < span.LocalStart && first <= span.Start && span.HasStart && CronSearch.Next(fields, lower) < span.LocalStart
            && CronSearch.Next(fields, span.LocalStart) != span.LocalStart)
        {
            count++; // Everything skipped by the gap, merged at its end.
        }

        return count;
    }

    /// <summary>The number of matches between two local times, both included.</summary>
    private static long Local(in CronFields fields, long first, long last)
    {
        first = CronSearch.Next(fields, first);
        last = CronSearch.Previous(fields, last);
        if (first > last)
        {
            return 0;
        }

        // Both ends are matches now: the days between them, the times from the first's on, and the times up to the last's.
        var firstDay = FloorDay(first);
        var lastDay = FloorDay(last);
        var upToLast = TimesUpTo(fields, (int)(last - (lastDay * SecondsPerDay)));
        var beforeFirst = TimesUpTo(fields, (int)(first - (firstDay * SecondsPerDay))) - 1;
        return (Days(fields, firstDay, lastDay - 1) * TimesADay(fields)) + upToLast - beforeFirst;
    }

    private static long TimesADay(in CronFields fields) =>
        (long)BitOperations.PopCount(fields.Hours) * BitOperations.PopCount(fields.Minutes) * BitOperations.PopCount(fields.Seconds);

    // The matching times of a day up to and including one.
    private static long TimesUpTo(in CronFields fields, int time)
    {
        var hour = time / 3600;
        var minute = time / 60 % 60;
        var seconds = BitOperations.PopCount(fields.Seconds);
        var count = (long)BitOperations.PopCount(fields.Hours & ((1u << hour) - 1)) * BitOperations.PopCount(fields.Minutes) * seconds;
        if ((fields.Hours >> hour & 1) != 0)
        {
            count += BitOperations.PopCount(fields.Minutes & ((1UL << minute) - 1)) * (long)seconds;
            if ((fields.Minutes >> minute & 1) != 0)
            {
                count += BitOperations.PopCount(fields.Seconds & (ulong.MaxValue >> (63 - (time % 60))));
            }
        }

        return count;
    }

    // The matching days from one to another, both included, as days since 1970.
    private static long Days(in CronFields fields, long first, long last)
    {
        if (last < first)
        {
            return 0;
        }

        if (fields.Has(CronFlags.EveryDay))
        {
            return last - first + 1;
        }

        CivilDate.FromDay((uint)(first + CivilDate.UnixEpoch), out var year, out var month, out var day);
        CivilDate.FromDay((uint)(last + CivilDate.UnixEpoch), out var lastYear, out var lastMonth, out var lastDay);
        var count = 0L;
        for (var mask = uint.MaxValue << day; year < lastYear || (year == lastYear && month <= lastMonth); mask = uint.MaxValue)
        {
            if (year == lastYear && month == lastMonth)
            {
                mask &= uint.MaxValue >> (31 - lastDay);
            }

            if ((fields.Months >> month & 1) != 0)
            {
                count += BitOperations.PopCount(CronDays.InMonth(fields, CivilDate.DaysInMonth(year, month), CivilDate.FirstOfMonth(year, month)) & mask);
            }

            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1);
        }

        return count;
    }

    private static long FloorDay(long local) => (local - CronSearch.MinLocal) / SecondsPerDay + (CronSearch.MinLocal / SecondsPerDay);
}
