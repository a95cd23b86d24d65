using System.Numerics;
using System.Runtime.CompilerServices;

namespace Scheduling.Cron;

/// <summary>
/// Finds matches on the local time line, which has no zones: seconds since 1970-01-01T00:00:00 as a wall clock shows them.
/// </summary>
/// <remarks>
/// Time of day first, because it needs no calendar: most expressions match every day or choose by weekday, and never get to date arithmetic.
/// Matches lie in the years -9998 to 9999. A date search ends after 400 years, when the calendar has repeated.
/// </remarks>
internal static class CronSearch
{
    /// <summary>The answer of <see cref="Next"/> when there is none: later than every time.</summary>
    public const long Never = long.MaxValue;

    /// <summary>The answer of <see cref="Previous"/> when there is none: earlier than every time.</summary>
    public const long NeverBefore = long.MinValue;

    /// <summary>-9998-01-01T00:00:00.</summary>
    public const long MinLocal = -377673580800;

    /// <summary>9999-12-31T23:59:59.</summary>
    public const long MaxLocal = 253402300799;

    private const int SecondsPerDay = 86400;
    private const long Shift = CivilDate.UnixEpoch * SecondsPerDay;
    private const uint NoDay = uint.MaxValue;
    private const int NoTime = -1;

    /// <summary>The earliest match at or after <paramref name="local"/>, or <see cref="Never"/>.</summary>
    public static long Next(in CronFields fields, long local)
    {
        if (local > MaxLocal)
        {
            return Never;
        }

        var shifted = (ulong)(Math.Max(local, MinLocal) + Shift);
        var day = (uint)(shifted / SecondsPerDay);
        var time = NextTime(fields, (int)(shifted - (day * (ulong)SecondsPerDay)));
        if (time == NoTime)
        {
            day++;
            time = fields.FirstInDay;
        }

        if (!fields.Has(CronFlags.EveryDay))
        {
            var match = NextDay(fields, day);
            if (match == NoDay)
            {
                return Never;
            }

            time = match == day ? time : fields.FirstInDay;
            day = match;
        }

        var found = (day * (long)SecondsPerDay) + time - Shift;
        return found <= MaxLocal ? found : Never;
    }

    /// <summary>The latest match at or before <paramref name="local"/>, or <see cref="NeverBefore"/>.</summary>
    public static long Previous(in CronFields fields, long local)
    {
        if (local < MinLocal)
        {
            return NeverBefore;
        }

        var shifted = (ulong)(Math.Min(local, MaxLocal) + Shift);
        var day = (uint)(shifted / SecondsPerDay);
        var time = PreviousTime(fields, (int)(shifted - (day * (ulong)SecondsPerDay)));
        if (time == NoTime)
        {
            day--;
            time = LastInDay(fields);
        }

        if (!fields.Has(CronFlags.EveryDay))
        {
            var match = PreviousDay(fields, day);
            if (match == NoDay)
            {
                return NeverBefore;
            }

            time = match == day ? time : LastInDay(fields);
            day = match;
        }

        var found = (day * (long)SecondsPerDay) + time - Shift;
        return found >= MinLocal ? found : NeverBefore;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int NextTime(in CronFields fields, int time)
    {
        var hour = (int)((uint)time / 3600);
        if ((fields.Hours >> hour & 1) != 0)
        {
            var inHour = time - (hour * 3600);
            var minute = (int)((uint)inHour / 60);
            if ((fields.Minutes >> minute & 1) != 0)
            {
                var seconds = fields.Seconds >> (inHour - (minute * 60));
                if (seconds != 0)
                {
                    return time + BitOperations.TrailingZeroCount(seconds);
                }
            }

            var minutes = fields.Minutes & (ulong.MaxValue << 1 << minute);
            if (minutes != 0)
            {
                return (hour * 3600) + (BitOperations.TrailingZeroCount(minutes) * 60) + BitOperations.TrailingZeroCount(fields.Seconds);
            }
        }

        var hours = fields.Hours & (uint.MaxValue << 1 << hour);
        return hours != 0 ? (BitOperations.TrailingZeroCount(hours) * 3600) + fields.FirstInHour : NoTime;
    }

    private static int PreviousTime(in CronFields fields, int time)
    {
        var hour = (int)((uint)time / 3600);
        if ((fields.Hours >> hour & 1) != 0)
        {
            var inHour = time - (hour * 3600);
            var minute = (int)((uint)inHour / 60);
            if ((fields.Minutes >> minute & 1) != 0)
            {
                var seconds = fields.Seconds & (ulong.MaxValue >> (63 - inHour + (minute * 60)));
                if (seconds != 0)
                {
                    return (hour * 3600) + (minute * 60) + BitOperations.Log2(seconds);
                }
            }

            var minutes = fields.Minutes & ((1UL << minute) - 1);
            if (minutes != 0)
            {
                return (hour * 3600) + (BitOperations.Log2(minutes) * 60) + BitOperations.Log2(fields.Seconds);
            }
        }

        var hours = fields.Hours & ((1u << hour) - 1);
        return hours != 0 ? (BitOperations.Log2(hours) * 3600) + LastInHour(fields) : NoTime;
    }

    private static int LastInHour(in CronFields fields) => (BitOperations.Log2(fields.Minutes) * 60) + BitOperations.Log2(fields.Seconds);

    private static int LastInDay(in CronFields fields) => (BitOperations.Log2(fields.Hours) * 3600) + LastInHour(fields);

    private static uint NextDay(in CronFields fields, uint day)
    {
        if (fields.Has(CronFlags.WeekdaysOnly))
        {
            return day + (uint)BitOperations.TrailingZeroCount(CronDays.StartingAt(fields.Weekdays, CivilDate.Weekday(day)));
        }

        CivilDate.FromDay(day, out var year, out var month, out var dayOfMonth);
        var first = day - (uint)dayOfMonth + 1;
        var length = CivilDate.DaysInMonth(year, month);
        if ((fields.Months >> month & 1) != 0)
        {
            var days = CronDays.InMonth(fields, length, first) & (uint.MaxValue << dayOfMonth);
            if (days != 0)
            {
                return first + (uint)BitOperations.TrailingZeroCount(days) - 1;
            }
        }

        // The month behind begins where this one ends; only a jump needs the date turned into a day number.
        if (month < 12 && (fields.Months >> (month + 1) & 1) != 0)
        {
            month++;
            first += (uint)length;
            var days = CronDays.InMonth(fields, CivilDate.DaysInMonth(year, month), first);
            if (days != 0)
            {
                return first + (uint)BitOperations.TrailingZeroCount(days) - 1;
            }
        }

        return NextMonth(fields, year, month);
    }

    private static uint NextMonth(in CronFields fields, int year, int month)
    {
        for (var last = year + CivilDate.CycleYears; ;)
        {
            var months = (uint)fields.Months & (uint.MaxValue << 1 << month);
            if (months == 0)
            {
                months = fields.Months;
                if (++year > last)
                {
                    return NoDay;
                }
            }

            month = BitOperations.TrailingZeroCount(months);
            var first = CivilDate.FirstOfMonth(year, month);
            var days = CronDays.InMonth(fields, CivilDate.DaysInMonth(year, month), first);
            if (days != 0)
            {
                return first + (uint)BitOperations.TrailingZeroCount(days) - 1;
            }
        }
    }

    private static uint PreviousDay(in CronFields fields, uint day)
    {
        if (fields.Has(CronFlags.WeekdaysOnly))
        {
            // Ending at the day instead of starting there: the distance back is the distance from the top bit of the week.
            return day - 6 + (uint)BitOperations.Log2(CronDays.StartingAt(fields.Weekdays, CivilDate.Weekday(day + 1)));
        }

        CivilDate.FromDay(day, out var year, out var month, out var dayOfMonth);
        if ((fields.Months >> month & 1) != 0)
        {
            var first = day - (uint)dayOfMonth + 1;
            var days = CronDays.InMonth(fields, CivilDate.DaysInMonth(year, month), first) & (uint.MaxValue >> (31 - dayOfMonth));
            if (days != 0)
            {
                return first + (uint)BitOperations.Log2(days) - 1;
            }
        }

        return PreviousMonth(fields, year, month);
    }

    private static uint PreviousMonth(in CronFields fields, int year, int month)
    {
        for (var earliest = year - CivilDate.CycleYears; ;)
        {
            var months = fields.Months & ((1u << month) - 1);
            if (months == 0)
            {
                months = fields.Months;
                if (--year < earliest)
                {
                    return NoDay;
                }
            }

            month = BitOperations.Log2(months);
            var first = CivilDate.FirstOfMonth(year, month);
            var days = CronDays.InMonth(fields, CivilDate.DaysInMonth(year, month), first);
            if (days != 0)
            {
                return first + (uint)BitOperations.Log2(days) - 1;
            }
        }
    }
}
