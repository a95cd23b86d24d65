using NodaTime;

namespace Scheduling;

/// <summary>That a tenant has a secret of some name; never what it is.</summary>
/// <remarks>A snapshot: immutable and thread-safe. Times are those of the store's clock.</remarks>
public sealed record SecretInfo
{
    /// <summary>The name by which runs ask for it, unique within the tenant.</summary>
    public string Name { get; init; } = "";

    /// <summary>Counts how often it was set, from 1. Re-encryption with a newer key does not count.</summary>
    public long Version { get; init; }

    /// <summary>When it was set first.</summary>
    public Instant CreatedAt { get; init; }

    /// <summary>When it was set last.</summary>
    public Instant UpdatedAt { get; init; }
}
