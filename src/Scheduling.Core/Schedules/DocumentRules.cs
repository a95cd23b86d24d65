using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Schedules;

/// <summary>What a schedule document must hold together: exactly one way of saying when, its parameter, and nothing of the other ways.</summary>
internal static class DocumentRules
{
    internal const string AllowedMinutes = "a whole number of minutes from 1 to 2147483647";

    private const string Utc = "UTC";

    /// <summary>The schedule a document stands for; null when there are errors, which then are in the list.</summary>
    internal static Schedule? Build(ScheduleDocument document, DocumentErrors errors)
    {
        Schedule? schedule = (document.FrequencyType, document.PollingInterval) switch
        {
            (not null, not null) => RefuseBoth(errors),
            (FrequencyType.CronBased, null) => BuildCron(document, errors),
            (FrequencyType.IntervalBased, null) => BuildInterval(document, errors),
            (null, { } interval) => BuildPolling(document, interval, errors),
            _ => RefuseNeither(document, errors),
        };
        return errors.IsEmpty ? schedule : null;
    }

    private static Schedule? RefuseBoth(DocumentErrors errors)
    {
        errors.Add(DocumentFields.PollingInterval, "and frequencyType are both given", allowed: "one of the two");
        return null;
    }

    private static Schedule? RefuseNeither(ScheduleDocument document, DocumentErrors errors)
    {
        if (document.FrequencyType is { } unknown)
            errors.Add(DocumentFields.FrequencyType, $"is {(int)unknown}", allowed: $"one of {string.Join(", ", WireNames.FrequencyTypes)}");
        else if (!errors.Concern(DocumentFields.FrequencyType) && !errors.Concern(DocumentFields.PollingInterval))
            errors.Add(DocumentFields.Root, "does not say when to run: frequencyType and pollingInterval are both missing", allowed: "one of the two");
        return null;
    }

    private static Schedule? BuildCron(ScheduleDocument document, DocumentErrors errors)
    {
        const string Owner = "frequencyType CRON_BASED";
        RefuseIf(document.IntervalMinutes is not null, DocumentFields.IntervalMinutes, Owner, "frequencyType INTERVAL_BASED", errors);
        RefuseIf(document.PollingIntervalCronExpression is not null, DocumentFields.PollingIntervalCronExpression, Owner, "pollingInterval", errors);
        string timeZone = document.TimeZone ?? Utc;
        if (!errors.Concern(DocumentFields.TimeZone) && ZoneNames.ProblemWithForm(timeZone) is { } problem)
            errors.Add(DocumentFields.TimeZone, $"is not usable. {problem.TrimEnd('.')}", JsonInput.Shorten(timeZone));

        // Without the format it cannot be said whether the text is right.
        if (errors.Concern(DocumentFields.CronFormat)) return null;
        if (document.CronExpression is { } text) return TryCron(text, document, errors.IsEmpty ? timeZone : Utc, errors);
        RequireMember(DocumentFields.CronExpression, Owner, "a cron expression such as 0 6 * * *", errors);
        return null;
    }

    private static Schedule? TryCron(string text, ScheduleDocument document, string timeZone, DocumentErrors errors)
    {
        try
        {
            return Schedule.Cron(text, timeZone, document.CronFormat ?? CronFormat.Standard, document.CronDayRule ?? CronDayRule.Both);
        }
        catch (CronFormatException refused)
        {
            errors.AddCron(refused, text);
            return null;
        }
    }

    private static Schedule? BuildInterval(ScheduleDocument document, DocumentErrors errors)
    {
        const string Owner = "frequencyType INTERVAL_BASED";
        RefuseCronMembers(document, Owner, errors);
        RefuseIf(document.PollingIntervalCronExpression is not null, DocumentFields.PollingIntervalCronExpression, Owner, "pollingInterval", errors);
        RefuseOtherZone(document, "An interval", errors);
        if (document.IntervalMinutes is not { } minutes)
        {
            RequireMember(DocumentFields.IntervalMinutes, Owner, AllowedMinutes, errors);
            return null;
        }

        if (minutes > 0) return Schedule.Interval(Duration.FromMinutes((long)minutes));
        string given = minutes.ToString(System.Globalization.CultureInfo.InvariantCulture);
        errors.Add(DocumentFields.IntervalMinutes, $"is {given}", given, AllowedMinutes);
        return null;
    }

    private static Schedule? BuildPolling(ScheduleDocument document, PollingInterval interval, DocumentErrors errors)
    {
        const string Owner = "pollingInterval";
        RefuseCronMembers(document, Owner, errors);
        RefuseIf(document.IntervalMinutes is not null, DocumentFields.IntervalMinutes, Owner, "frequencyType INTERVAL_BASED", errors);
        RefuseOtherZone(document, "Polling", errors);
        if (PollingIntervalNames.IsKnown(interval)) return Schedule.Polling(interval, document.PollingIntervalCronExpression);
        errors.Add(DocumentFields.PollingInterval, $"is {(int)interval}", allowed: $"one of {string.Join(", ", PollingIntervalNames.All!)}");
        return null;
    }

    private static void RefuseCronMembers(ScheduleDocument document, string owner, DocumentErrors errors)
    {
        const string Home = "frequencyType CRON_BASED";
        RefuseIf(document.CronExpression is not null, DocumentFields.CronExpression, owner, Home, errors);
        RefuseIf(document.CronDayRule is not null, DocumentFields.CronDayRule, owner, Home, errors);
        RefuseIf(document.CronFormat is not null, DocumentFields.CronFormat, owner, Home, errors);
    }

    private static void RefuseOtherZone(ScheduleDocument document, string subject, DocumentErrors errors)
    {
        if (document.TimeZone is { } zone && zone is not (Utc or "Etc/UTC"))
            errors.Add(DocumentFields.TimeZone, $"is {JsonInput.Shorten(zone)}. {subject} is in UTC", JsonInput.Shorten(zone), "UTC, or nothing");
    }

    private static void RefuseIf(bool given, string field, string owner, string home, DocumentErrors errors)
    {
        if (given) errors.Add(field, $"does not go with {owner}; it belongs to {home}", allowed: "nothing");
    }

    private static void RequireMember(string field, string owner, string allowed, DocumentErrors errors)
    {
        if (!errors.Concern(field)) errors.Add(field, $"is missing; {owner} needs it", allowed: allowed);
    }
}
