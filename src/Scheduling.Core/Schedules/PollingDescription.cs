using NodaTime;

namespace Scheduling.Schedules;

/// <summary>A polling schedule in English.</summary>
internal static class PollingDescription
{
    /// <param name="schedule">The schedule.</param>
    /// <param name="anchor">Where the job's grid lies; null when the job is not known.</param>
    internal static string Of(PollingSchedule schedule, Instant? anchor) => Applied(schedule, anchor?.InUtc()) + Kept(schedule);

    private static string Applied(PollingSchedule schedule, ZonedDateTime? anchor) => schedule.Interval switch
    {
        PollingInterval.Disabled => "Only when somebody runs it (polling is disabled)",
        PollingInterval.OneDay => $"Every day {TimeOf(schedule, anchor)}",
        PollingInterval.OneWeek => $"Every {DayOf(schedule, anchor)} {TimeOf(schedule, anchor)}",
        _ => $"{EnglishDuration.EveryOf(Duration.FromSeconds(schedule.Interval.Seconds()))}, counted from {From(anchor)}",
    };

    private static string From(ZonedDateTime? anchor) => anchor is { } known ? EnglishTime.Utc(known.ToInstant()) : "the job's anchor";

    private static string DayOf(PollingSchedule schedule, ZonedDateTime? anchor)
    {
        if (schedule.PinnedDay is { } weekday) return EnglishTime.Weekday(weekday);
        return anchor is { } known ? EnglishTime.Weekday(known.DayOfWeek) : "week on the weekday of the job's anchor";
    }

    private static string TimeOf(PollingSchedule schedule, ZonedDateTime? anchor)
    {
        if (schedule.PinnedHour is { } hour) return $"between {EnglishTime.OfDay(hour, 0)} and {EnglishTime.EndOfHour(hour)} UTC";
        return anchor is { } known ? $"at {EnglishTime.OfDay(known.TimeOfDay.With(TimeAdjusters.TruncateToSecond))} UTC" : "at the time of day of the job's anchor, UTC";
    }

    private static string Kept(PollingSchedule schedule)
    {
        var kept = new List<string>(2);
        if (schedule.Override?.Hour is { } hour && schedule.PinnedHour is null) kept.Add($"hour {EnglishTime.OfDay(hour, 0)}");
        if (schedule.Override?.DayOfWeek is { } day && schedule.PinnedDay is null) kept.Add($"weekday {EnglishTime.Weekday(day)}");
        return kept.Count == 0 ? string.Empty : $"; {EnglishList.Of(kept)} kept, not applied";
    }
}
