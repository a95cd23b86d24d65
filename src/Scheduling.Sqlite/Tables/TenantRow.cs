namespace Scheduling.Sqlite;

/// <summary>A tenant with limits, and what it has running on all nodes.</summary>
internal sealed class TenantRow
{
    public required int MaximumRunning { get; init; }

    public required int Running { get; set; }

    public bool IsAtLimit => Running >= MaximumRunning;
}
