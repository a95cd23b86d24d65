namespace Scheduling.Schedules;

/// <summary>The names of the members of a schedule document, as they are spelled in JSON and in errors.</summary>
internal static class DocumentFields
{
    internal const string Root = "$";
    internal const string FrequencyType = "frequencyType";
    internal const string CronExpression = "cronExpression";
    internal const string IntervalMinutes = "intervalMinutes";
    internal const string PollingInterval = "pollingInterval";
    internal const string PollingIntervalCronExpression = "pollingIntervalCronExpression";
    internal const string Hour = "hour";
    internal const string DayOfWeek = "dayOfWeek";
    internal const string TimeZone = "timeZone";
    internal const string CronDayRule = "cronDayRule";
    internal const string CronFormat = "cronFormat";

    /// <summary>Added by GraphQL clients to everything they read; ignored when it comes back.</summary>
    internal const string TypeName = "__typename";

    internal static readonly string[] OfDocument =
        [FrequencyType, CronExpression, IntervalMinutes, PollingInterval, PollingIntervalCronExpression, TimeZone, CronDayRule, CronFormat];

    internal static readonly string[] OfOverride = [Hour, DayOfWeek];
}
