using Microsoft.Extensions.Configuration;

namespace Scheduling.Hosting;

/// <summary>One admission setting: how it is read from configuration and what it may be.</summary>
internal sealed class AdmissionSetting
{
    /// <summary>The name of the option and of its configuration key.</summary>
    public required string Name { get; init; }

    /// <summary>What is allowed, for messages and for the table in the guide.</summary>
    public required string Allowed { get; init; }

    /// <summary>Reads the setting; false when it could not be read.</summary>
    public required Func<TenantAdmissionOptions, IConfigurationSection, bool> Read { get; init; }

    /// <summary>The value when it is not allowed, as text; null when it is.</summary>
    public required Func<TenantAdmissionOptions, string?> Wrong { get; init; }
}
