using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Scheduling.Hosting;

/// <summary>Fills the options from configuration. Unlike the framework's binder it goes on after a value it cannot read, so that the start can name every problem at once.</summary>
internal sealed class SettingsReader(IEnumerable<SettingsSource> sources, IConfiguration? registered = null) : IConfigureOptions<SchedulingOptions>
{
    private const string ExecutorsKey = nameof(SchedulingOptions.Executors);
    private const string AdmissionKey = nameof(SchedulingOptions.Admission);
    private const string AlarmsKey = nameof(SchedulingOptions.LastSuccessAlarms);
    private const string RunsKey = nameof(ExecutorOptions.MaxConcurrentRuns);

    public void Configure(SchedulingOptions options)
    {
        foreach (var section in Sections())
            Read(options, section);
    }

    private IEnumerable<IConfigurationSection> Sections()
    {
        var all = sources.ToList();
        if (all.Exists(static source => !source.IsDefault))
            return all.Where(static source => !source.IsDefault).Select(static source => source.Section);
        if (all.Count > 0)
            return [all[^1].Section];
        return registered is null ? [] : [registered.GetSection(SchedulingOptions.SectionName)];
    }

    private static void Read(SchedulingOptions options, IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            var setting = Settings.All.FirstOrDefault(setting => string.Equals(setting.Name, child.Key, StringComparison.OrdinalIgnoreCase));
            if (setting is not null)
                Add(options, setting.Read(options, child.Path, child.Value ?? ""));
            else if (string.Equals(child.Key, ExecutorsKey, StringComparison.OrdinalIgnoreCase))
                ReadExecutors(options, child);
            else if (string.Equals(child.Key, AdmissionKey, StringComparison.OrdinalIgnoreCase))
                AdmissionReader.Read(options.Admission, child, options.Unreadable);
            else if (string.Equals(child.Key, AlarmsKey, StringComparison.OrdinalIgnoreCase))
                LastSuccessAlarms.Read(options, child);
            else if (string.Equals(child.Key, SecretKeysReader.SectionName, StringComparison.OrdinalIgnoreCase))
                SecretKeysReader.Read(options, child);
            else if (string.Equals(child.Key, JobSetReader.SectionName, StringComparison.OrdinalIgnoreCase))
                JobSetReader.Read(options, child);
            else if (child.Value is not null)
                Add(options, Misspelt(child, Settings.All.Select(static known => known.Name).Concat([ExecutorsKey, AdmissionKey, AlarmsKey, SecretKeysReader.SectionName, JobSetReader.SectionName])));
        }
    }

    private static void ReadExecutors(SchedulingOptions options, IConfigurationSection section)
    {
        foreach (var executor in section.GetChildren())
        {
            if (!options.Executors.TryGetValue(executor.Key, out var settings))
                options.Executors[executor.Key] = settings = new ExecutorOptions();
            foreach (var child in executor.GetChildren())
                ReadExecutor(options, settings, child);
        }
    }

    private static void ReadExecutor(SchedulingOptions options, ExecutorOptions settings, IConfigurationSection child)
    {
        if (!string.Equals(child.Key, RunsKey, StringComparison.OrdinalIgnoreCase))
            Add(options, Misspelt(child, [RunsKey]));
        else if (int.TryParse(child.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var runs))
            settings.MaxConcurrentRuns = runs;
        else
            options.Unreadable.Add($"{child.Path} is '{child.Value}': give {CountSetting.AllowedFrom(1, Settings.MostRuns)}.");
    }

    // A program may keep keys of its own in the section; only what looks like one of ours is taken for a mistake.
    private static string? Misspelt(IConfigurationSection child, IEnumerable<string> known) =>
        NearName.Of(child.Key, known) is { } near ? $"{child.Path} is not a setting: did you mean {near}?" : null;

    private static void Add(SchedulingOptions options, string? problem)
    {
        if (problem is not null)
            options.Unreadable.Add(problem);
    }
}
