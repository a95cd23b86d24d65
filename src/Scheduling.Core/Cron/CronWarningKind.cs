namespace Scheduling.Cron;

/// <summary>What is doubtful about an expression that is valid.</summary>
public enum CronWarningKind : byte
{
    /// <summary>Day of month and day of week are both restricted, which schedulers understand in two ways; see <see cref="CronDayRule"/>.</summary>
    BothDayFieldsRestricted = 1,

    /// <summary>No date matches, ever: <c>0 0 30 2 *</c>.</summary>
    NeverFires = 2,

    /// <summary>Some calendar year of the 400-year cycle has no occurrence: <c>0 0 29 2 *</c>.</summary>
    LessThanOnceAYear = 3,

    /// <summary>A step that does not divide its field's range, so the last gap is shorter: <c>*/7</c> in the minute field fires at 56 and again at 0.</summary>
    UnevenStep = 4,
}
