using NodaTime;
using Scheduling.Schedules;

namespace Scheduling;

/// <summary>Finds what is legal about a job but probably not meant. Pure.</summary>
internal static class JobWarnings
{
    public static IReadOnlyList<JobWarning> Of(Job job, ScopedPause? wide, Instant now)
    {
        var warnings = new List<JobWarning>();
        if (job.Schedule is CronSchedule cron)
            warnings.AddRange(cron.Warnings.Select(static warning => Warning(JobWarningKind.Cron, warning.Message)));
        if (job.Schedule is PollingSchedule polling)
            AddOverride(warnings, polling);
        if (job.Schedule is OnceSchedule once && once.At < now && job.NextSlot == once.At)
            warnings.Add(Warning(JobWarningKind.InThePast, $"The only run was at {EnglishTime.Utc(once.At)}: it is due at once, and the misfire policy decides what becomes of it."));
        if (job.Pause is { } pause)
            warnings.Add(Warning(JobWarningKind.Paused, $"The job is paused{By(pause)}: it does not run until it is resumed."));
        if (wide is not null)
            warnings.Add(Warning(JobWarningKind.WidelyPaused, $"The {wide.Scope} is paused{By(wide.Pause)}: nothing of it runs until that ends."));
        return warnings;
    }

    private static void AddOverride(List<JobWarning> warnings, PollingSchedule polling)
    {
        if (polling.Override?.Hour is { } hour && polling.PinnedHour is null)
            warnings.Add(NotApplied("hour", hour, polling.Interval));
        if (polling.Override?.DayOfWeek is { } day && polling.PinnedDay is null)
            warnings.Add(NotApplied("dayOfWeek", day, polling.Interval));
    }

    private static JobWarning NotApplied(string field, int value, PollingInterval interval) =>
        Warning(JobWarningKind.OverrideNotApplied, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{field} {value} is kept, but {interval.WireName()} does not apply it."));

    private static string By(Pause pause) => pause.By is { } by ? $" by '{IdentityText.Shorten(by)}'" : "";

    private static JobWarning Warning(JobWarningKind kind, string message) => new() { Kind = kind, Message = message };
}
