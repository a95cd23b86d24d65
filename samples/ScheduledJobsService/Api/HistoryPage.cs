namespace ScheduledJobsService.Api;

/// <summary>A page of runs, newest first. The cursor goes into the next request as it is.</summary>
internal sealed record HistoryPage
{
    public required IReadOnlyList<HistoryEntry> Items { get; init; }

    public required string? Cursor { get; init; }

    public required bool HasNextPage { get; init; }
}
