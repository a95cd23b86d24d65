using System.ComponentModel;

namespace PollingService.Api;

/// <summary>The body of a create, as the OpenAPI document describes it. <see cref="InstanceBody"/> reads it: strictly, and with all problems at once.</summary>
internal sealed record NewInstance
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    [Description("The kind of integration.")]
    [DefaultValue("generic")]
    public string? IntegrationDefinitionId { get; init; }

    [Description("How often it polls; DISABLED when absent.")]
    public Interval? PollingInterval { get; init; }

    public CronPin? PollingIntervalCronExpression { get; init; }

    [Description("Configuration values, credentials among them; stored encrypted, shown as a mask.")]
    public IReadOnlyDictionary<string, string>? Config { get; init; }
}
