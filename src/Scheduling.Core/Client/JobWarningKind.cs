namespace Scheduling;

/// <summary>What is legal about a job but probably not meant.</summary>
public enum JobWarningKind : byte
{
    /// <summary>Its cron expression is doubtful (<see cref="Scheduling.Cron.CronWarning"/>).</summary>
    Cron = 1,

    /// <summary>Its polling interval does not apply the hour or weekday that it has; they are kept for intervals that do.</summary>
    OverrideNotApplied = 2,

    /// <summary>Its only run lies in the past, so that it is due at once.</summary>
    InThePast = 3,

    /// <summary>It is paused, or would be created so.</summary>
    Paused = 4,

    /// <summary>Its tenant or executor is paused.</summary>
    WidelyPaused = 5,
}
