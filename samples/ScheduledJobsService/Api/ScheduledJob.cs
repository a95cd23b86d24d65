using Scheduling;
using Scheduling.Schedules;

namespace ScheduledJobsService.Api;

/// <summary>A job as clients see it.</summary>
internal record ScheduledJob
{
    public required string Id { get; init; }

    public required string InstanceId { get; init; }

    public required RawJson? Workflow { get; init; }

    public required Frequency? FrequencyType { get; init; }

    public required string? CronExpression { get; init; }

    public required int? IntervalMinutes { get; init; }

    public required bool Active { get; init; }

    public required string? Name { get; init; }

    public required string? Description { get; init; }

    /// <summary>When it runs next (UTC); null while nothing is planned.</summary>
    public required DateTime? NextRun { get; init; }

    /// <summary>When it last began to run (UTC); null when it never did.</summary>
    public required DateTime? LastRun { get; init; }

    public static ScheduledJob Of(Job job)
    {
        ScheduleDocument.TryFrom(job.Schedule, out var document);
        return new ScheduledJob
        {
            Id = PublicId.Of(job.Id, job.Tenant),
            InstanceId = job.Tenant.Value,
            Workflow = job.Payload.ToJson() is { } workflow ? new RawJson(workflow) : null,
            FrequencyType = document?.FrequencyType switch
            {
                Scheduling.Schedules.FrequencyType.CronBased => Frequency.CronBased,
                Scheduling.Schedules.FrequencyType.IntervalBased => Frequency.IntervalBased,
                _ => null,
            },
            CronExpression = document?.CronExpression,
            IntervalMinutes = document?.IntervalMinutes,
            Active = job.Active,
            Name = job.Name,
            Description = job.Definition.Description,
            NextRun = job.NextRunAt?.ToDateTimeUtc(),
            LastRun = job.LastRun?.StartedAt?.ToDateTimeUtc(),
        };
    }
}
