using Microsoft.Extensions.Configuration;

namespace Scheduling.Hosting;

/// <summary>Reads and checks the admission rules of the settings; problems are sentences that say what was given and what is allowed.</summary>
internal static class AdmissionReader
{
    public static void Read(AdmissionOptions options, IConfigurationSection section, List<string> problems)
    {
        foreach (var child in section.GetChildren())
        {
            if (Is(child, nameof(AdmissionOptions.Default)))
                ReadRules(options.Default, child, problems);
            else if (Is(child, nameof(AdmissionOptions.Tenants)))
                ReadTenants(options, child, problems);
            else
                problems.Add($"{child.Path} is not a setting: rules stand in {nameof(AdmissionOptions.Default)} or in {nameof(AdmissionOptions.Tenants)}:{{tenant}}.");
        }
    }

    public static void Check(AdmissionOptions options, string path, List<string> problems)
    {
        CheckRules(options.Default, $"{path}:{nameof(AdmissionOptions.Default)}", problems);
        foreach (var (tenant, rules) in options.Tenants)
            CheckRules(rules, $"{path}:{nameof(AdmissionOptions.Tenants)}:{tenant}", problems);
    }

    private static void ReadTenants(AdmissionOptions options, IConfigurationSection section, List<string> problems)
    {
        foreach (var tenant in section.GetChildren())
        {
            if (!options.Tenants.TryGetValue(tenant.Key, out var rules))
                options.Tenants[tenant.Key] = rules = new TenantAdmissionOptions();
            ReadRules(rules, tenant, problems);
        }
    }

    private static void ReadRules(TenantAdmissionOptions rules, IConfigurationSection section, List<string> problems)
    {
        foreach (var child in section.GetChildren())
        {
            if (AdmissionSettings.All.FirstOrDefault(setting => Is(child, setting.Name)) is not { } setting)
                problems.Add($"{child.Path} is not a setting: {Hint(child.Key)}");
            else if (!setting.Read(rules, child))
                problems.Add($"{child.Path} is '{Shown(child)}': give {setting.Allowed}.");
        }
    }

    private static void CheckRules(TenantAdmissionOptions rules, string path, List<string> problems)
    {
        foreach (var setting in AdmissionSettings.All)
        {
            if (setting.Wrong(rules) is { } given)
                problems.Add($"{path}:{setting.Name} is '{given}': give {setting.Allowed}.");
        }
    }

    private static string Hint(string given) =>
        NearName.Of(given, AdmissionSettings.All.Select(static setting => setting.Name)) is { } near ? $"did you mean {near}?" : $"give {string.Join(", ", AdmissionSettings.All.Select(static setting => setting.Name))}.";

    private static string Shown(IConfigurationSection section) =>
        Setting.Shown(section.Value ?? string.Join(", ", section.GetChildren().Select(static child => child.Value)));

    private static bool Is(IConfigurationSection section, string name) => string.Equals(section.Key, name, StringComparison.OrdinalIgnoreCase);
}
