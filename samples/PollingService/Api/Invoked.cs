namespace PollingService.Api;

/// <summary>The answer to an invoke: which run it began.</summary>
internal sealed record Invoked
{
    public required bool Success { get; init; }

    public required string IntegrationJobId { get; init; }
}
