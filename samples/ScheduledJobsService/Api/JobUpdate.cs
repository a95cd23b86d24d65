using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;

namespace ScheduledJobsService.Api;

/// <summary>The body of an update, as the OpenAPI document describes it: what is absent stays. <see cref="JobBody"/> reads it.</summary>
internal sealed record JobUpdate
{
    [Description("The instance that the job is in.")]
    public required string InstanceId { get; init; }

    [Description("Replaces the workflow whole.")]
    public JsonObject? Workflow { get; init; }

    [Description("A change needs the parameter of the new type and drops that of the old.")]
    public Frequency? FrequencyType { get; init; }

    public string? CronExpression { get; init; }

    [Range(1, int.MaxValue)]
    public int? IntervalMinutes { get; init; }

    public bool? Active { get; init; }

    [Description("null takes the name away.")]
    public string? Name { get; init; }

    [Description("null takes the description away.")]
    public string? Description { get; init; }
}
