using Microsoft.Extensions.Configuration;
using Scheduling.Secrets;

namespace Scheduling.Hosting;

/// <summary>Reads the keys that encrypt secrets. A key's value is never repeated in a message.</summary>
internal static class SecretKeysReader
{
    public const string SectionName = "Secrets";
    public const string KeysName = "Keys";

    public static void Read(SchedulingOptions options, IConfigurationSection section)
    {
        foreach (var child in section.GetChildren())
        {
            if (!string.Equals(child.Key, KeysName, StringComparison.OrdinalIgnoreCase))
            {
                options.Unreadable.Add($"{child.Path} is not a setting: did you mean {KeysName}?");
                continue;
            }
            foreach (var key in child.GetChildren())
                Add(options, key);
        }
    }

    private static void Add(SchedulingOptions options, IConfigurationSection key)
    {
        try
        {
            options.SecretKeys.Add(SecretKey.FromBase64(key["Id"] ?? "", key["Value"] ?? ""));
        }
        catch (SchedulingValidationException invalid)
        {
            options.Unreadable.Add($"{key.Path}: {invalid.Message}");
        }
    }
}
