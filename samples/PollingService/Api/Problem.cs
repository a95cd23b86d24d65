namespace PollingService.Api;

/// <summary>Every answer that is no success, as the OpenAPI document describes it: problem details (RFC 9457) with a code for programs and the fields that are wrong.</summary>
internal sealed record Problem
{
    public string? Type { get; init; }

    public string? Title { get; init; }

    public required int Status { get; init; }

    public string? Detail { get; init; }

    public string? Code { get; init; }

    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>With ALREADY_EXECUTING_ERROR: the run that is in progress.</summary>
    public string? IntegrationJobId { get; init; }
}
