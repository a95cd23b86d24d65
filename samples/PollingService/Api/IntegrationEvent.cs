using Scheduling;

namespace PollingService.Api;

/// <summary>Something that a run reported.</summary>
internal sealed record IntegrationEvent
{
    public required string Name { get; init; }

    public required string? Description { get; init; }

    public required string Level { get; init; }

    public required DateTime CreateDate { get; init; }

    public static IntegrationEvent Of(RunEvent reported) => new()
    {
        Name = reported.Name,
        Description = reported.Text,
        Level = reported.Level.ToString(),
        CreateDate = reported.At.ToDateTimeUtc(),
    };
}
