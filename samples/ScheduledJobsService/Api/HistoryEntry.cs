using Scheduling;

namespace ScheduledJobsService.Api;

/// <summary>A run that has ended.</summary>
internal record HistoryEntry
{
    public required string Id { get; init; }

    public required string JobId { get; init; }

    /// <summary>Whether the work was done, be it with errors.</summary>
    public required bool Success { get; init; }

    /// <summary>Where the run's log is, as a path of this service.</summary>
    public required string LogPath { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>The statuses of runs that have ended. Slots that were skipped or missed ran nothing and are not in the history that clients see.</summary>
    public static IReadOnlyList<ExecutionStatus> Statuses { get; } =
        [ExecutionStatus.Succeeded, ExecutionStatus.CompletedWithErrors, ExecutionStatus.Failed, ExecutionStatus.TimedOut, ExecutionStatus.Cancelled, ExecutionStatus.Abandoned];

    public static HistoryEntry Of(Execution run)
    {
        var id = PublicId.Of(run.Id, run.Tenant);
        return new HistoryEntry
        {
            Id = id,
            JobId = PublicId.Of(run.JobId, run.Tenant),
            Success = run.Status is ExecutionStatus.Succeeded or ExecutionStatus.CompletedWithErrors,
            LogPath = $"/jobHistory/{id}/log",
            CreatedAt = run.CreatedAt.ToDateTimeUtc(),
        };
    }
}
