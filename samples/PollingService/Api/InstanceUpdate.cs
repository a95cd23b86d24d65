using System.ComponentModel;

namespace PollingService.Api;

/// <summary>The body of an update, as the OpenAPI document describes it: what is absent stays. <see cref="InstanceBody"/> reads it.</summary>
internal sealed record InstanceUpdate
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public Interval? PollingInterval { get; init; }

    [Description("Replaced whole; null clears it.")]
    public CronPin? PollingIntervalCronExpression { get; init; }

    [Description("Sets these values and leaves the others; the mask, sent back as it was shown, keeps what is there.")]
    public IReadOnlyDictionary<string, string>? Config { get; init; }
}
