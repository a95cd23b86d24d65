using Scheduling;

namespace PollingService.Api;

/// <summary>The service's statuses, and the library's behind them. Slots that were skipped or missed ran nothing and are not shown.</summary>
internal static class RunStatuses
{
    private static readonly Dictionary<string, JobStatus> Names = new(StringComparer.Ordinal)
    {
        ["IN_PROGRESS"] = JobStatus.InProgress,
        ["PERSISTING_DATA"] = JobStatus.PersistingData,
        ["COMPLETED"] = JobStatus.Completed,
        ["COMPLETED_WITH_ERRORS"] = JobStatus.CompletedWithErrors,
        ["FAILED"] = JobStatus.Failed,
    };

    public static JobStatus? Asked(string? name)
    {
        if (name is null)
            return null;
        return Names.TryGetValue(name, out var status)
            ? status
            : throw new SchedulingValidationException(new ValidationError { Field = "status", Message = $"status is unknown: give one of {string.Join(", ", Names.Keys)}." });
    }

    /// <summary>What the library is asked for. A phase is no status to it: runs in progress and runs that persist their data are told apart on the page, which may then be shorter than asked.</summary>
    public static IReadOnlyList<ExecutionStatus> BehindOf(JobStatus? status) => status switch
    {
        null => [.. Enum.GetValues<JobStatus>().Where(static each => each != JobStatus.PersistingData).SelectMany(static each => BehindOf(each))],
        JobStatus.InProgress => [ExecutionStatus.Pending, ExecutionStatus.Running],
        JobStatus.PersistingData => [ExecutionStatus.Running],
        JobStatus.Completed => [ExecutionStatus.Succeeded],
        JobStatus.CompletedWithErrors => [ExecutionStatus.CompletedWithErrors],
        _ => [ExecutionStatus.Failed, ExecutionStatus.TimedOut, ExecutionStatus.Cancelled, ExecutionStatus.Abandoned],
    };

    public static JobStatus Of(Execution run) => run.Status switch
    {
        ExecutionStatus.Running when run.Progress?.Phase is "PERSISTING_DATA" => JobStatus.PersistingData,
        ExecutionStatus.Pending or ExecutionStatus.Running => JobStatus.InProgress,
        ExecutionStatus.Succeeded => JobStatus.Completed,
        ExecutionStatus.CompletedWithErrors => JobStatus.CompletedWithErrors,
        _ => JobStatus.Failed,
    };
}
