namespace Scheduling.Cron;

/// <summary>A field of a cron expression, in the order in which they are written.</summary>
public enum CronField : byte
{
    /// <summary>Second, 0-59. Only with <see cref="CronFormat.IncludeSeconds"/>.</summary>
    Second = 1,

    /// <summary>Minute, 0-59.</summary>
    Minute = 2,

    /// <summary>Hour, 0-23.</summary>
    Hour = 3,

    /// <summary>Day of the month, 1-31, or <c>L</c>, <c>L-n</c>, <c>nW</c>, <c>LW</c>, <c>L-nW</c>.</summary>
    DayOfMonth = 4,

    /// <summary>Month, 1-12 or JAN-DEC.</summary>
    Month = 5,

    /// <summary>Day of the week, 0-7 or SUN-SAT, where 0 and 7 are Sunday, or <c>n#k</c>, <c>nL</c>.</summary>
    DayOfWeek = 6,
}
