namespace PollingService.Api;

/// <summary>What became of each instance of a bulk update.</summary>
internal sealed record BulkUpdated
{
    public required IReadOnlyList<string> SuccessIds { get; init; }

    public required IReadOnlyList<BulkFailure> Failed { get; init; }
}
