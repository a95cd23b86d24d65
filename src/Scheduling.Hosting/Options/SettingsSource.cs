using Microsoft.Extensions.Configuration;

namespace Scheduling.Hosting;

/// <summary>A configuration section that settings are read from.</summary>
internal sealed class SettingsSource
{
    /// <summary>The section whose children are the settings.</summary>
    public required IConfigurationSection Section { get; init; }

    /// <summary>Whether the program did not name it: it counts only when no section was named.</summary>
    public required bool IsDefault { get; init; }
}
