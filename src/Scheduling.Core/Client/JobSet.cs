namespace Scheduling;

/// <summary>A set of definitions that somebody keeps elsewhere, in code or a file, and that a tenant's jobs are made equal to (<see cref="ITenantJobs.ReconcileAsync"/>).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record JobSet
{
    /// <summary>The set's name, 1-128 characters: jobs are the set's by it. Two sets of a tenant leave each other's jobs alone.</summary>
    public required string Name { get; init; }

    /// <summary>How new the set is, such as a build number; a set that is older than what was reconciled before changes nothing. Default 0.</summary>
    public long Generation { get; init; }

    /// <summary>The jobs; each has a key of its own.</summary>
    public required IReadOnlyList<JobDefinition> Jobs { get; init; }
}
