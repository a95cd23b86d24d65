namespace Scheduling.Cron;

/// <summary>What the bit sets of <see cref="CronFields"/> cannot say.</summary>
[Flags]
internal enum CronFlags : ushort
{
    None = 0,

    /// <summary><c>*</c>, a range or a step in second, minute or hour: fires in both passes of a repeated hour.</summary>
    IntervalLike = 1,

    /// <summary><c>L</c> or <c>L-n</c> in day of month.</summary>
    LastDay = 2,

    /// <summary><c>W</c> in day of month.</summary>
    NearestWeekday = 4,

    /// <summary><c>n#k</c> in day of week.</summary>
    NthWeekday = 8,

    /// <summary><c>nL</c> in day of week.</summary>
    LastWeekday = 16,

    /// <summary>One matching day field is enough (crontab's rule, both restricted).</summary>
    EitherDay = 32,

    /// <summary>The day-of-month field began with <c>*</c> or <c>?</c>.</summary>
    StarDay = 64,

    /// <summary>The day-of-week field began with <c>*</c> or <c>?</c>.</summary>
    StarWeekday = 128,

    /// <summary>Some field has <c>H</c>.</summary>
    Spread = 256,

    /// <summary>There is an <c>H</c> and no key was given yet.</summary>
    Unbound = 512,

    /// <summary>Every date matches: only the time of day has to be searched.</summary>
    EveryDay = 1024,

    /// <summary>Dates are chosen by their weekday alone: no date arithmetic is needed.</summary>
    WeekdaysOnly = 2048,

    /// <summary>Dates are chosen by their numbers alone: weekdays need not be known.</summary>
    NumbersOnly = 4096,

    /// <summary>Flags that change which days match.</summary>
    Meaning = IntervalLike | LastDay | NearestWeekday | NthWeekday | LastWeekday | EitherDay,
}
