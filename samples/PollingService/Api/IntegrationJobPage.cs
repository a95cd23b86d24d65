namespace PollingService.Api;

/// <summary>A page of runs, newest first.</summary>
internal sealed record IntegrationJobPage
{
    public required IReadOnlyList<IntegrationJob> Jobs { get; init; }

    public required PageInfo PageInfo { get; init; }
}
