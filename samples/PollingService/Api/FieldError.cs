namespace PollingService.Api;

/// <summary>What is wrong with one field of a request.</summary>
internal sealed record FieldError
{
    public required string Field { get; init; }

    public required string Message { get; init; }
}
