using PollingService.Work;
using Scheduling;

namespace PollingService.Api;

/// <summary>A run of an instance as clients see it.</summary>
internal sealed record IntegrationJob
{
    public required string Id { get; init; }

    public required string IntegrationInstanceId { get; init; }

    public required string IntegrationDefinitionId { get; init; }

    public required JobStatus Status { get; init; }

    public required DateTime CreateDate { get; init; }

    /// <summary>When it ended (UTC); null while it has not.</summary>
    public required DateTime? EndDate { get; init; }

    public required bool ErrorsOccurred { get; init; }

    public static IntegrationJob Of(Execution run)
    {
        var status = RunStatuses.Of(run);
        return new IntegrationJob
        {
            Id = run.Id.ToString(),
            IntegrationInstanceId = run.JobId.ToString(),
            IntegrationDefinitionId = Definition.OfExecutor(run.Executor),
            Status = status,
            CreateDate = run.CreatedAt.ToDateTimeUtc(),
            EndDate = run.EndedAt?.ToDateTimeUtc(),
            ErrorsOccurred = status is JobStatus.CompletedWithErrors or JobStatus.Failed,
        };
    }
}
