using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;

namespace ScheduledJobsService.Api;

/// <summary>The body of a create, as the OpenAPI document describes it. <see cref="JobBody"/> reads it: strictly, and with all problems at once.</summary>
internal sealed record NewJob
{
    [Description("The instance; an integer is read as its digits.")]
    public required string InstanceId { get; init; }

    [Description("What to run: any JSON object of at most 256 KB.")]
    public required JsonObject Workflow { get; init; }

    [Description("Decides which of cronExpression and intervalMinutes is required; the other one is refused.")]
    public required Frequency FrequencyType { get; init; }

    [Description("Five fields of cron in UTC, such as 0 6 * * *.")]
    public string? CronExpression { get; init; }

    [Range(1, int.MaxValue)]
    public int? IntervalMinutes { get; init; }

    [DefaultValue(true)]
    public bool Active { get; init; } = true;

    public string? Name { get; init; }

    public string? Description { get; init; }
}
