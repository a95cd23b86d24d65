namespace Scheduling;

/// <summary>How lines are imported.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ImportOptions
{
    /// <summary>Whether a job of the same key that is there already becomes what its line says. Default true; false leaves it as it is (<see cref="ImportOutcome.Kept"/>).</summary>
    public bool UpdatesExisting { get; init; } = true;

    /// <summary>Whether nothing is written and the results tell what would be. Default false.</summary>
    public bool IsDryRun { get; init; }
}
