namespace PollingService.Api;

/// <summary>Where the next page begins; the cursor goes into the next request as it is.</summary>
internal sealed record PageInfo
{
    public required string? EndCursor { get; init; }

    public required bool HasNextPage { get; init; }

    public static PageInfo Of(string? cursor) => new() { EndCursor = cursor, HasNextPage = cursor is not null };
}
