using System.Diagnostics.CodeAnalysis;
using Scheduling.Cron;

namespace Scheduling.Schedules;

/// <summary>The upper-case names enums have in JSON, beside those of <see cref="PollingIntervalNames"/>.</summary>
internal static class WireNames
{
    internal static readonly string[] FrequencyTypes = ["CRON_BASED", "INTERVAL_BASED"];
    internal static readonly string[] DayRules = ["BOTH", "EITHER"];
    internal static readonly string[] Formats = ["STANDARD", "INCLUDE_SECONDS"];

    internal static string WireName(this FrequencyType type) => type == FrequencyType.CronBased ? FrequencyTypes[0] : FrequencyTypes[1];

    internal static string WireName(this CronDayRule rule) => rule == CronDayRule.Both ? DayRules[0] : DayRules[1];

    internal static string WireName(this CronFormat format) => format == CronFormat.Standard ? Formats[0] : Formats[1];

    internal static bool TryParse([NotNullWhen(true)] string? name, out FrequencyType type) =>
        Find(FrequencyTypes, name, FrequencyType.CronBased, FrequencyType.IntervalBased, out type);

    internal static bool TryParse([NotNullWhen(true)] string? name, out CronDayRule rule) => Find(DayRules, name, CronDayRule.Both, CronDayRule.Either, out rule);

    internal static bool TryParse([NotNullWhen(true)] string? name, out CronFormat format) =>
        Find(Formats, name, CronFormat.Standard, CronFormat.IncludeSeconds, out format);

    private static bool Find<T>(string[] names, string? name, T first, T second, out T value)
    {
        int index = name is null ? -1 : Array.IndexOf(names, name);
        value = index == 1 ? second : first;
        return index >= 0;
    }
}
