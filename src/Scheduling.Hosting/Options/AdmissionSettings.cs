using System.Globalization;
using Microsoft.Extensions.Configuration;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Hosting;

/// <summary>The table of all admission settings: one place for names, ranges and how each is read.</summary>
internal static class AdmissionSettings
{
    private static readonly TimeSpan LongestSpacing = TimeSpan.FromDays(365);
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPeriod = RunRate.LongestPer.ToTimeSpan();

    /// <summary>All settings, in the order of the options type.</summary>
    public static readonly IReadOnlyList<AdmissionSetting> All =
    [
        Count(nameof(TenantAdmissionOptions.MaximumJobs), static o => o.MaximumJobs, static (o, v) => o.MaximumJobs = v, 0, int.MaxValue),
        Time(nameof(TenantAdmissionOptions.MinimumSpacing), static o => o.MinimumSpacing, static (o, v) => o.MinimumSpacing = v, TimeSpan.FromSeconds(1), LongestSpacing),
        Names(nameof(TenantAdmissionOptions.ScheduleKinds), static o => o.ScheduleKinds, static (o, v) => o.ScheduleKinds = v),
        Names(nameof(TenantAdmissionOptions.PollingIntervals), static o => o.PollingIntervals, static (o, v) => o.PollingIntervals = v),
        new()
        {
            Name = nameof(TenantAdmissionOptions.Executors),
            Allowed = "a list of executor keys, at least one",
            Read = static (o, section) =>
            {
                var keys = TextsOf(section);
                if (keys.Count > 0)
                    o.Executors = keys;
                return keys.Count > 0;
            },
            Wrong = static o => o.Executors is { } keys && (keys.Count == 0 || keys.Any(string.IsNullOrWhiteSpace)) ? string.Join(", ", keys) : null,
        },
        Count(nameof(TenantAdmissionOptions.MaximumPayloadBytes), static o => o.MaximumPayloadBytes, static (o, v) => o.MaximumPayloadBytes = v, 0, JobPayload.MaximumBytes),
        Count(nameof(TenantAdmissionOptions.RunNowMaximum), static o => o.RunNowMaximum, static (o, v) => o.RunNowMaximum = v, 1, RunRate.MostRuns),
        Time(nameof(TenantAdmissionOptions.RunNowPeriod), static o => o.RunNowPeriod, static (o, v) => o.RunNowPeriod = v, ShortestPeriod, LongestPeriod),
    ];

    private static AdmissionSetting Count(string name, Func<TenantAdmissionOptions, int?> get, Action<TenantAdmissionOptions, int> set, int least, int most) => new()
    {
        Name = name,
        Allowed = CountSetting.AllowedFrom(least, most),
        Read = (options, section) =>
        {
            var isRead = int.TryParse(section.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
            if (isRead)
                set(options, value);
            return isRead;
        },
        Wrong = options => get(options) is { } value && (value < least || value > most) ? value.ToString(CultureInfo.InvariantCulture) : null,
    };

    private static AdmissionSetting Time(string name, Func<TenantAdmissionOptions, TimeSpan?> get, Action<TenantAdmissionOptions, TimeSpan> set, TimeSpan least, TimeSpan most) => new()
    {
        Name = name,
        Allowed = DurationSetting.AllowedFrom(least, most),
        Read = (options, section) =>
        {
            var isRead = DurationSetting.TryRead(section.Value ?? "", out var value);
            if (isRead)
                set(options, value);
            return isRead;
        },
        Wrong = options => get(options) is { } value && (value < least || value > most) ? value.ToString("c", CultureInfo.InvariantCulture) : null,
    };

    private static AdmissionSetting Names<T>(string name, Func<TenantAdmissionOptions, IReadOnlyList<T>?> get, Action<TenantAdmissionOptions, IReadOnlyList<T>> set)
        where T : struct, Enum => new()
        {
            Name = name,
            Allowed = $"a list of {string.Join(", ", Enum.GetNames<T>())}, at least one",
            Read = (options, section) =>
            {
                var values = TextsOf(section).Select(ValueOf<T>).ToList();
                if (values.Count == 0 || values.Contains(null))
                    return false;
                set(options, [.. values.Select(static value => value!.Value)]);
                return true;
            },
            Wrong = options => get(options) is { } values && (values.Count == 0 || !values.All(Enum.IsDefined)) ? string.Join(", ", values) : null,
        };

    // ONE_DAY, as documents write it, names OneDay.
    private static T? ValueOf<T>(string text)
        where T : struct, Enum
    {
        var index = Array.FindIndex(Enum.GetNames<T>(), name => string.Equals(name, text.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : Enum.GetValues<T>()[index];
    }

    /// <summary>A list, or a single value that stands for a list of one.</summary>
    private static List<string> TextsOf(IConfigurationSection section) =>
        string.IsNullOrEmpty(section.Value) ? [.. section.GetChildren().Select(static child => child.Value ?? "")] : [section.Value];
}
