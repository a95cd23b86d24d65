namespace PollingService.Api;

/// <summary>The answer to a delete.</summary>
internal sealed record Deleted
{
    public required bool Success { get; init; }
}
