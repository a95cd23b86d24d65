namespace PollingService.Api;

/// <summary>A page of what a run reported, oldest first.</summary>
internal sealed record IntegrationEventPage
{
    public required IReadOnlyList<IntegrationEvent> Events { get; init; }

    public required PageInfo PageInfo { get; init; }
}
