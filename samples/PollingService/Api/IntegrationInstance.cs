using PollingService.Work;
using Scheduling;
using Scheduling.Schedules;

namespace PollingService.Api;

/// <summary>An instance as clients see it.</summary>
internal sealed record IntegrationInstance
{
    public required string Id { get; init; }

    public required string? Name { get; init; }

    public required string? Description { get; init; }

    public required string IntegrationDefinitionId { get; init; }

    public required Interval PollingInterval { get; init; }

    public required CronPin? PollingIntervalCronExpression { get; init; }

    /// <summary>The names of its configuration values, each with the mask.</summary>
    public required IReadOnlyDictionary<string, string> Config { get; init; }

    /// <summary>When it runs next (UTC); null while nothing is planned.</summary>
    public required DateTime? NextRun { get; init; }

    public static IntegrationInstance Of(Job job)
    {
        // Jobs of this service poll; one that somebody else made otherwise shows as not polling.
        ScheduleDocument.TryFrom(job.Schedule, out var document);
        return new IntegrationInstance
        {
            Id = job.Id.ToString(),
            Name = job.Name,
            Description = job.Definition.Description,
            IntegrationDefinitionId = Definition.OfExecutor(job.Executor),
            PollingInterval = document?.PollingInterval is { } interval ? Enum.Parse<Interval>(interval.ToString()) : Interval.Disabled,
            PollingIntervalCronExpression = CronPin.Of(document?.PollingIntervalCronExpression),
            Config = InstanceConfig.Masked(job),
            NextRun = job.NextRunAt?.ToDateTimeUtc(),
        };
    }
}
