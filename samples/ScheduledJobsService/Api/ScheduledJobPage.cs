namespace ScheduledJobsService.Api;

/// <summary>A page of jobs, oldest first. The cursor goes into the next request as it is.</summary>
internal sealed record ScheduledJobPage
{
    public required IReadOnlyList<ScheduledJob> Items { get; init; }

    public required string? Cursor { get; init; }

    public required bool HasNextPage { get; init; }
}
