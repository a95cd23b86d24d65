namespace PollingService.Api;

/// <summary>A page of instances, oldest first.</summary>
internal sealed record InstancePage
{
    public required IReadOnlyList<IntegrationInstance> Instances { get; init; }

    public required PageInfo PageInfo { get; init; }
}
