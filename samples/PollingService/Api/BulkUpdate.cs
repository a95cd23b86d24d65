namespace PollingService.Api;

/// <summary>The body of a bulk update, as the OpenAPI document describes it: the same update for many instances.</summary>
internal sealed record BulkUpdate
{
    public required IReadOnlyList<string> Ids { get; init; }

    public required InstanceUpdate Update { get; init; }
}
