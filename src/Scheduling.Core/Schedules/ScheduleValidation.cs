using NodaTime;

namespace Scheduling.Schedules;

/// <summary>What saving a job checks beyond what a <see cref="Schedule"/> checks itself: the zone exists, and the schedule comes round at least once.</summary>
/// <remarks>A stored schedule is never checked this way: an unknown zone there faults that one job, when it is asked (<see cref="ScheduleZoneException"/>).</remarks>
public static class ScheduleValidation
{
    /// <summary>The problems of a schedule for a job that is to be saved; empty when there are none.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="now">The store's now.</param>
    /// <param name="context">Anchor, spread hash and zones of the job.</param>
    /// <param name="field">The path the errors name.</param>
    /// <returns>The problems; empty when there are none.</returns>
    public static IReadOnlyList<ValidationError> Check(Schedule schedule, Instant now, in ScheduleContext context, string field = "schedule")
    {
        ArgumentNullException.ThrowIfNull(schedule);
        if (schedule is CronSchedule { TimeZone: var id } && context.Zones.GetZoneOrNull(id) is null) return [UnknownZone(id, context.Zones, field + ".timeZone")];
        return schedule.Kind is ScheduleKind.Cron or ScheduleKind.Interval && schedule.FirstDue(now, schedule.InitialLastSlot(now), context) is null
            ? [NeverFires(schedule, field)]
            : [];
    }

    /// <summary>The error for a zone id that the provider does not have, with the near names.</summary>
    private static ValidationError UnknownZone(string id, IDateTimeZoneProvider zones, string field)
    {
        IReadOnlyList<string> near = ZoneNames.Near(id, zones);
        return new ValidationError
        {
            Field = field,
            Message = $"{field}: {ZoneNames.Unknown(id, near)}",
            Given = id,
            Allowed = "an IANA time zone id",
            Suggestion = near.Count == 0 ? null : near[0],
        };
    }

    private static ValidationError NeverFires(Schedule schedule, string field) => new()
    {
        Field = field,
        Message = $"{field} has no run from now on. Give a schedule that comes round, or a manual one.",
        Given = schedule is CronSchedule cron ? cron.Text : schedule.ToString(),
        Allowed = "a schedule with at least one slot before the year 10000",
    };
}
