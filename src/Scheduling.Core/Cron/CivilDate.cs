using System.Runtime.CompilerServices;

namespace Scheduling.Cron;

/// <summary>
/// Gregorian dates as day numbers, without allocation or range checks, for the years -9998 to 9999 that NodaTime supports.
/// </summary>
/// <remarks>
/// A day number counts from 1 March of the year -12000, so that it is positive in the whole range, the leap day is the last day of its year, and
/// (the shift being thirty 400-year cycles of 20,871 whole weeks) weekdays keep their place. The method is the affine one of Neri and Schneider,
/// "Euclidean affine functions and their application to calendar algorithms" (2022).
/// </remarks>
internal static class CivilDate
{
    /// <summary>Days from the zero of this count to 1970-01-01.</summary>
    public const long UnixEpoch = 719468 + (30 * DaysPerCycle);

    /// <summary>After 400 years dates and weekdays repeat: a search that found nothing by then never will.</summary>
    public const int CycleYears = 400;

    private const long DaysPerCycle = 146097;
    private const int YearShift = 12000;

    /// <summary>The date of a day number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FromDay(uint dayNumber, out int year, out int month, out int day)
    {
        var quarters = (4 * dayNumber) + 3;
        var century = quarters / 146097;
        var inCentury = (quarters - (century * 146097)) | 3;
        var product = 2939745UL * inCentury;
        var yearOfCentury = (uint)(product >> 32);
        var dayOfYear = (uint)product / 2939745 / 4;
        var months = (2141 * dayOfYear) + 197913;
        var afterDecember = dayOfYear >= 306;
        year = (int)((100 * century) + yearOfCentury) - YearShift + (afterDecember ? 1 : 0);
        month = (int)(months >> 16) - (afterDecember ? 12 : 0);
        day = (int)((months & 0xFFFF) / 2141) + 1;
    }

    /// <summary>The day number of the first of a month.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint FirstOfMonth(int year, int month)
    {
        var early = month <= 2;
        var marchYear = (uint)(year + YearShift - (early ? 1 : 0));
        var marchMonth = (uint)(early ? month + 12 : month);
        var century = marchYear / 100;
        return (1461 * marchYear / 4) - century + (century / 4) + (((979 * marchMonth) - 2919) >> 5);
    }

    /// <summary>28 to 31.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int DaysInMonth(int year, int month) =>
        month != 2 ? 30 | (month ^ (month >> 3)) : IsLeap(year) ? 29 : 28;

    /// <summary>Sunday = 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Weekday(uint dayNumber) => (int)((dayNumber + 3) % 7);

    // A multiple of 4 that is no multiple of 25, or a multiple of 16 (then of 400): one remainder instead of two.
    private static bool IsLeap(int year) => (year & (year % 25 == 0 ? 15 : 3)) == 0;
}
