namespace Scheduling.Schedules;

/// <summary>How a <see cref="ScheduleDocument"/> that is not a polling one says when to run. The numbers never change meaning; the default is <see cref="CronBased"/>.</summary>
public enum FrequencyType : byte
{
    /// <summary>By <see cref="ScheduleDocument.CronExpression"/>. Wire name <c>CRON_BASED</c>.</summary>
    CronBased = 0,

    /// <summary>By <see cref="ScheduleDocument.IntervalMinutes"/>. Wire name <c>INTERVAL_BASED</c>.</summary>
    IntervalBased = 1,
}
