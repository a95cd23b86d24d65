namespace Scheduling;

/// <summary>How a set is reconciled.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ReconcileOptions
{
    /// <summary>Whether nothing is written and the result tells what would be. Default false.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether jobs of the set that it no longer has are deleted. Default true.</summary>
    public bool Prunes { get; init; } = true;

    /// <summary>Whether a job of the same key that belongs to no set becomes the set's. Default false: it is a conflict and stays as it is. A job of another set is always a conflict.</summary>
    public bool Adopts { get; init; }
}
