using System.Globalization;

namespace Scheduling.Policies;

/// <summary>What a tenant may use, exact across all nodes of a store.</summary>
/// <remarks>Immutable and thread-safe; equality by value. Work that a limit holds back waits: it is never missed for that, unless its window closes.</remarks>
public sealed record TenantLimits
{
    private readonly int? _maximumRunning;

    /// <summary>No limits. The default.</summary>
    public static TenantLimits None { get; } = new();

    /// <summary>The most executions that run at the same time, at least 1; null (the default) for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? MaximumRunning
    {
        get => _maximumRunning;
        init => _maximumRunning = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, string.Create(CultureInfo.InvariantCulture, $"MaximumRunning is {value}: give at least 1, or null for no limit; to stop a tenant's jobs, pause them."));
    }

    /// <summary>How many executions may start in a time; null (the default) for no limit. Both limits hold at once. A rate that is set anew begins with a full bucket; setting the same one again changes nothing.</summary>
    public RunRate? MaximumRate { get; init; }
}
