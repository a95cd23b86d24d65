namespace Scheduling.Load;

/// <summary>What a burst goes through.</summary>
internal sealed record BurstShape
{
    /// <summary>How many runs may go on at once.</summary>
    public required int Places { get; init; }

    /// <summary>Whether each run has a DI scope of its own.</summary>
    public bool HasScopes { get; init; }

    /// <summary>Whether the log providers of a default host listen, at level Warning: each run then has a log scope. Quartz's provider has none.</summary>
    public bool HasLoggers { get; init; }
}
