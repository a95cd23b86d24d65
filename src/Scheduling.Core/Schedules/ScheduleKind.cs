namespace Scheduling.Schedules;

/// <summary>The five kinds of <see cref="Schedule"/>. The numbers are stored and never change meaning; the default is <see cref="Manual"/>.</summary>
public enum ScheduleKind : byte
{
    /// <summary>No slots of its own; the job runs when somebody runs it.</summary>
    Manual = 0,

    /// <summary>One of the fixed polling intervals, with an optional hour and weekday in UTC.</summary>
    Polling = 1,

    /// <summary>A cron expression in a time zone.</summary>
    Cron = 2,

    /// <summary>A fixed period from the job's anchor.</summary>
    Interval = 3,

    /// <summary>A single instant.</summary>
    Once = 4,
}
