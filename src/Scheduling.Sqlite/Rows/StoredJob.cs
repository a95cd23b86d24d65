using NodaTime;

namespace Scheduling.Sqlite;

/// <summary>A job's row in jobs: one version of what people wrote. Immutable, so that it can be kept.</summary>
internal sealed class StoredJob
{
    public required long Version { get; init; }

    public required TenantId Tenant { get; init; }

    public required JobDefinition Definition { get; init; }

    public required Instant Anchor { get; init; }

    public required Instant CreatedAt { get; init; }

    public required Instant UpdatedAt { get; init; }

    /// <summary>Why the definition cannot be read, or null. The definition then has the columns that can, and no schedule.</summary>
    public string? Problem { get; init; }
}
