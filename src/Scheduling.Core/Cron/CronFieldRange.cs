namespace Scheduling.Cron;

/// <summary>The numbers and names each field takes.</summary>
internal static class CronFieldRange
{
    /// <summary>Sunday's second number: allowed when written, stored as 0.</summary>
    public const int SecondSunday = 7;

    /// <summary>Days of the month that exist in every month: what <c>H</c> chooses from.</summary>
    public const int LastSafeDay = 28;

    /// <summary>Letters of a name: JAN, MON.</summary>
    public const int NameLength = 3;

    private static ReadOnlySpan<byte> Mins => [0, 0, 0, 0, 1, 1, 0];

    private static ReadOnlySpan<byte> Maxs => [0, 59, 59, 23, 31, 12, 7];

    private static ReadOnlySpan<ulong> Alls =>
        [0, (1UL << 60) - 1, (1UL << 60) - 1, (1UL << 24) - 1, CronFields.AllDays, CronFields.AllMonths, CronFields.AllWeekdays];

    public static int Min(CronField field) => Mins[(int)field];

    public static int Max(CronField field) => Maxs[(int)field];

    /// <summary>The last value before the field begins again: 6 for weekdays, whose 7 is 0 once more.</summary>
    public static int LastDistinct(CronField field) => field == CronField.DayOfWeek ? 6 : Max(field);

    /// <summary>Every distinct value as bits.</summary>
    public static ulong All(CronField field) => Alls[(int)field];

    /// <summary>Bits from <paramref name="low"/> to <paramref name="high"/>, both included; at most 63.</summary>
    public static ulong Between(int low, int high) => (ulong.MaxValue >> (63 - high)) & (ulong.MaxValue << low);

    /// <summary>The value of a three-letter name in any case, or -1 when it is none of the field's.</summary>
    /// <remarks>Compared as ASCII letters, so the culture (Turkish i) does not matter.</remarks>
    public static int ValueOfName(CronField field, ReadOnlySpan<char> name)
    {
        if (name.Length != NameLength || !char.IsAsciiLetter(name[0]) || !char.IsAsciiLetter(name[1]) || !char.IsAsciiLetter(name[2]))
        {
            return -1;
        }

        var letters = ((name[0] & 0xDF) << 16) | ((name[1] & 0xDF) << 8) | (name[2] & 0xDF);
        return field switch
        {
            CronField.DayOfWeek => letters switch
            {
                'S' << 16 | 'U' << 8 | 'N' => 0,
                'M' << 16 | 'O' << 8 | 'N' => 1,
                'T' << 16 | 'U' << 8 | 'E' => 2,
                'W' << 16 | 'E' << 8 | 'D' => 3,
                'T' << 16 | 'H' << 8 | 'U' => 4,
                'F' << 16 | 'R' << 8 | 'I' => 5,
                'S' << 16 | 'A' << 8 | 'T' => 6,
                _ => -1,
            },
            CronField.Month => letters switch
            {
                'J' << 16 | 'A' << 8 | 'N' => 1,
                'F' << 16 | 'E' << 8 | 'B' => 2,
                'M' << 16 | 'A' << 8 | 'R' => 3,
                'A' << 16 | 'P' << 8 | 'R' => 4,
                'M' << 16 | 'A' << 8 | 'Y' => 5,
                'J' << 16 | 'U' << 8 | 'N' => 6,
                'J' << 16 | 'U' << 8 | 'L' => 7,
                'A' << 16 | 'U' << 8 | 'G' => 8,
                'S' << 16 | 'E' << 8 | 'P' => 9,
                'O' << 16 | 'C' << 8 | 'T' => 10,
                'N' << 16 | 'O' << 8 | 'V' => 11,
                'D' << 16 | 'E' << 8 | 'C' => 12,
                _ => -1,
            },
            _ => -1,
        };
    }
}
