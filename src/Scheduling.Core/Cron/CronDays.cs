using System.Numerics;
using System.Runtime.CompilerServices;

namespace Scheduling.Cron;

/// <summary>Which days of one month match.</summary>
internal static class CronDays
{
    // One bit for each of the five weeks a month can touch: multiplying by it lays a week's pattern over the month.
    private const ulong EveryWeek = 1 | (1UL << 7) | (1UL << 14) | (1UL << 21) | (1UL << 28);

    /// <summary>A week's pattern that starts at <paramref name="weekday"/> instead of on Sunday.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint StartingAt(byte weekdays, int weekday) => ((weekdays | ((uint)weekdays << 7)) >> weekday) & 0x7F;

    /// <summary>The matching days of a month as bits 1-31; zero when none match. Whether the month itself matches is the caller's question.</summary>
    /// <param name="fields">The expression.</param>
    /// <param name="length">The number of days of the month.</param>
    /// <param name="first">The day number of the month's first day.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint InMonth(in CronFields fields, int length, uint first)
    {
        var exists = uint.MaxValue >> (31 - length) & ~1u;
        return exists & (fields.Has(CronFlags.NumbersOnly) ? fields.Days : ByWeekdayToo(fields, length, first));
    }

    private static uint ByWeekdayToo(in CronFields fields, int length, uint first)
    {
        var firstWeekday = CivilDate.Weekday(first);
        var byDate = ByDate(fields, length, firstWeekday);
        var byWeekday = ByWeekday(fields, length, firstWeekday);
        return fields.Has(CronFlags.EitherDay) ? byDate | byWeekday : byDate & byWeekday;
    }

    private static uint ByDate(in CronFields fields, int length, int firstWeekday)
    {
        if (!fields.Has(CronFlags.LastDay | CronFlags.NearestWeekday))
        {
            return fields.Days;
        }

        var day = fields.Has(CronFlags.LastDay) ? length - fields.LastDayOffset : BitOperations.TrailingZeroCount(fields.Days);
        if (day < 1 || day > length)
        {
            return 0;
        }

        return 1u << (fields.Has(CronFlags.NearestWeekday) ? NearestWeekday(day, length, firstWeekday) : day);
    }

    // Monday to Friday nearest to the day, within its month: the 1st on a Saturday gives Monday the 3rd, a last day on a Sunday gives the Friday before.
    private static int NearestWeekday(int day, int length, int firstWeekday) => ((firstWeekday + day - 1) % 7) switch
    {
        6 => day > 1 ? day - 1 : day + 2,
        0 => day < length ? day + 1 : day - 2,
        _ => day,
    };

    private static uint ByWeekday(in CronFields fields, int length, int firstWeekday)
    {
        var days = (uint)((StartingAt(fields.Weekdays, firstWeekday) * EveryWeek) << 1);
        if (fields.Has(CronFlags.NthWeekday))
        {
            return days & (0x7Fu << (((fields.Nth - 1) * 7) + 1));
        }

        return fields.Has(CronFlags.LastWeekday) ? days & (0x7Fu << (length - 6)) : days;
    }
}
