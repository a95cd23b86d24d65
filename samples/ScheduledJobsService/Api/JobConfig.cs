namespace ScheduledJobsService.Api;

/// <summary>A setting as clients see it: never its value.</summary>
internal sealed record JobConfig
{
    public required string InstanceId { get; init; }

    public required string Name { get; init; }

    /// <summary>The mask.</summary>
    public required string Value { get; init; }
}
