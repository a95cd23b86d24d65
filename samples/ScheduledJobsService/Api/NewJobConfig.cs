using System.ComponentModel;

namespace ScheduledJobsService.Api;

/// <summary>The body that adds a setting, as the OpenAPI document describes it.</summary>
internal sealed record NewJobConfig
{
    public required string InstanceId { get; init; }

    [Description("What workflows name it by: 1-128 characters.")]
    public required string Name { get; init; }

    [Description("The token or key, 1-65,536 bytes. Stored encrypted and never read back; the mask, sent back as it was shown, keeps what is there.")]
    public required string Value { get; init; }
}
