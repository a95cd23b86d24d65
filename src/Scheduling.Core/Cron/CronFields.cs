using System.Numerics;

namespace Scheduling.Cron;

/// <summary>
/// What an expression means, as bit sets: bit <c>n</c> is set when value <c>n</c> matches. Everything the search reads, and everything equality compares.
/// </summary>
internal struct CronFields
{
    public const uint AllDays = 0xFFFF_FFFE;
    public const ushort AllMonths = 0x1FFE;
    public const byte AllWeekdays = 0x7F;

    public ulong Seconds;
    public ulong Minutes;
    public uint Hours;

    /// <summary>Days 1-31; all of them when the field has <c>L</c>.</summary>
    public uint Days;

    public ushort Months;
    public CronFlags Flags;

    /// <summary>Weekdays, Sunday = bit 0.</summary>
    public byte Weekdays;

    /// <summary>The k of <c>n#k</c>, else 0.</summary>
    public byte Nth;

    /// <summary>The n of <c>L-n</c>, else 0.</summary>
    public byte LastDayOffset;

    /// <summary>Bit n is set when field n has an open step (<c>*/7</c>, <c>5/7</c>, <c>H/7</c>) that does not divide its range. No part of the meaning.</summary>
    public byte UnevenSteps;

    /// <summary>The earliest second of an hour that matches, 0-3599.</summary>
    public short FirstInHour;

    /// <summary>The earliest second of a day that matches, 0-86399.</summary>
    public int FirstInDay;

    /// <summary>Whether any of these flags is set.</summary>
    public readonly bool Has(CronFlags flag) => (Flags & flag) != CronFlags.None;

    /// <summary>Whether every day of every month matches the day-of-month field.</summary>
    public readonly bool AnyDay => Days == AllDays && !Has(CronFlags.LastDay | CronFlags.NearestWeekday);

    /// <summary>Whether every date matches the day-of-week field.</summary>
    public readonly bool AnyWeekday => Weekdays == AllWeekdays && !Has(CronFlags.NthWeekday | CronFlags.LastWeekday);

    /// <summary>Same meaning: what was only a way of writing is left out.</summary>
    public static bool SameMeaning(in CronFields a, in CronFields b) =>
        a.Seconds == b.Seconds && a.Minutes == b.Minutes && a.Hours == b.Hours && a.Days == b.Days && a.Months == b.Months
        && a.Weekdays == b.Weekdays && a.Nth == b.Nth && a.LastDayOffset == b.LastDayOffset
        && (a.Flags & CronFlags.Meaning) == (b.Flags & CronFlags.Meaning);

    /// <summary>Derives what the search wants to know beforehand. Called once, after parsing.</summary>
    public void Complete(CronDayRule dayRule)
    {
        if (dayRule == CronDayRule.Either && !Has(CronFlags.StarDay | CronFlags.StarWeekday))
        {
            if (AnyDay || AnyWeekday)
            {
                MatchEveryDay();
            }
            else
            {
                Flags |= CronFlags.EitherDay;
            }
        }

        if (AnyWeekday && !Has(CronFlags.LastDay | CronFlags.NearestWeekday))
        {
            Flags |= CronFlags.NumbersOnly;
        }

        if (Months == AllMonths && AnyDay)
        {
            Flags |= AnyWeekday ? CronFlags.EveryDay : Has(CronFlags.NthWeekday | CronFlags.LastWeekday) ? CronFlags.None : CronFlags.WeekdaysOnly;
        }

        var inHour = (BitOperations.TrailingZeroCount(Minutes) * 60) + BitOperations.TrailingZeroCount(Seconds);
        FirstInHour = (short)inHour;
        FirstInDay = (BitOperations.TrailingZeroCount(Hours) * 3600) + inHour;
    }

    // "1-31 or Friday" is every day, whatever the other field says: normalised so that equal meanings compare equal.
    private void MatchEveryDay()
    {
        Days = AllDays;
        Weekdays = AllWeekdays;
        Nth = 0;
        LastDayOffset = 0;
        Flags &= ~(CronFlags.LastDay | CronFlags.NearestWeekday | CronFlags.NthWeekday | CronFlags.LastWeekday);
    }
}
