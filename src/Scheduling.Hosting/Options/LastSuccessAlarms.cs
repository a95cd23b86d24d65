using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Scheduling.Hosting;

/// <summary>Reads and checks the alarms for jobs that no longer succeed; problems are sentences that say what was given and what is allowed.</summary>
internal static class LastSuccessAlarms
{
    /// <summary>Each alarm is a read of its job with each health check.</summary>
    public const int Most = 100;

    private static readonly string[] Names = [nameof(LastSuccessAlarm.Tenant), nameof(LastSuccessAlarm.Job), nameof(LastSuccessAlarm.OlderThan)];
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    private static string Allowed => DurationSetting.AllowedFrom(Shortest, Longest);

    public static void Read(SchedulingOptions options, IConfigurationSection section)
    {
        foreach (var entry in section.GetChildren())
        {
            var alarm = new LastSuccessAlarm();
            foreach (var child in entry.GetChildren())
                Read(options, alarm, child);
            options.LastSuccessAlarms.Add(alarm);
        }
    }

    public static void Check(SchedulingOptions options, string path, List<string> problems)
    {
        if (options.LastSuccessAlarms.Count > Most)
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{path} has {options.LastSuccessAlarms.Count} entries: give at most {Most}, because each is a read with each health check."));
        for (var i = 0; i < options.LastSuccessAlarms.Count; i++)
        {
            var alarm = options.LastSuccessAlarms[i];
            var entry = string.Create(CultureInfo.InvariantCulture, $"{path}:{i}");
            CheckName(alarm.Tenant, $"{entry}:{nameof(alarm.Tenant)}", problems);
            CheckName(alarm.Job, $"{entry}:{nameof(alarm.Job)}", problems);
            if (alarm.OlderThan < Shortest || alarm.OlderThan > Longest)
                problems.Add($"{entry}:{nameof(alarm.OlderThan)} is '{alarm.OlderThan:c}': give {Allowed}.");
        }
    }

    private static void Read(SchedulingOptions options, LastSuccessAlarm alarm, IConfigurationSection child)
    {
        var text = child.Value ?? "";
        switch (Array.Find(Names, name => string.Equals(name, child.Key, StringComparison.OrdinalIgnoreCase)))
        {
            case nameof(LastSuccessAlarm.Tenant):
                alarm.Tenant = text;
                break;
            case nameof(LastSuccessAlarm.Job):
                alarm.Job = text;
                break;
            case nameof(LastSuccessAlarm.OlderThan):
                alarm.OlderThan = ReadAge(options, child.Path, text);
                break;
            default:
                options.Unreadable.Add($"{child.Path} is not a setting: give {string.Join(", ", Names)}.");
                break;
        }
    }

    private static TimeSpan ReadAge(SchedulingOptions options, string path, string text)
    {
        if (DurationSetting.TryRead(text, out var age))
            return age;
        options.Unreadable.Add($"{path} is '{Setting.Shown(text)}': give {Allowed}.");

        // A value that the check has nothing to say about: the problem is told already.
        return Longest;
    }

    private static void CheckName(string name, string path, List<string> problems)
    {
        if (!NodeSetting.IsFine(name))
            problems.Add($"{path} is '{Setting.Shown(name ?? "")}': give 1-128 characters without control characters or outer white space.");
    }
}
