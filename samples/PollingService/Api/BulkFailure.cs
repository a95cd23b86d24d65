namespace PollingService.Api;

/// <summary>An instance that was not updated, and why.</summary>
internal sealed record BulkFailure
{
    public required string Id { get; init; }

    public required string Message { get; init; }
}
