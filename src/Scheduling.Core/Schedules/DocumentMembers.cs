using Scheduling.Cron;

namespace Scheduling.Schedules;

/// <summary>The members of a schedule document or patch as they were given, each absent, null or a value of the right type.</summary>
internal sealed record DocumentMembers
{
    internal DocumentMember<FrequencyType> FrequencyType { get; init; }

    internal DocumentMember<string> CronExpression { get; init; }

    internal DocumentMember<int> IntervalMinutes { get; init; }

    internal DocumentMember<PollingInterval> PollingInterval { get; init; }

    internal DocumentMember<PollingOverride> PollingIntervalCronExpression { get; init; }

    internal DocumentMember<string> TimeZone { get; init; }

    internal DocumentMember<CronDayRule> CronDayRule { get; init; }

    internal DocumentMember<CronFormat> CronFormat { get; init; }

    internal bool AreAllAbsent => this == new DocumentMembers();

    /// <summary>The document with these members laid over it: absent keeps, null clears, a value replaces.</summary>
    internal ScheduleDocument Over(ScheduleDocument document) => new()
    {
        FrequencyType = Over(FrequencyType, document.FrequencyType),
        CronExpression = CronExpression.IsPresent ? CronExpression.Value : document.CronExpression,
        IntervalMinutes = Over(IntervalMinutes, document.IntervalMinutes),
        PollingInterval = Over(PollingInterval, document.PollingInterval),
        PollingIntervalCronExpression = Over(PollingIntervalCronExpression, document.PollingIntervalCronExpression),
        TimeZone = TimeZone.IsPresent ? TimeZone.Value : document.TimeZone,
        CronDayRule = Over(CronDayRule, document.CronDayRule),
        CronFormat = Over(CronFormat, document.CronFormat),
    };

    private static T? Over<T>(DocumentMember<T> member, T? kept)
        where T : struct
    {
        if (!member.IsPresent) return kept;
        return member.HasValue ? member.Value : null;
    }
}
