namespace Scheduling;

/// <summary>The set of definitions that a job belongs to, such as a configuration file, and how new the set was that last had it.</summary>
/// <remarks>Immutable and thread-safe; equality by value. A set is reconciled as a whole: jobs of its name that it no longer has are deleted.</remarks>
public sealed record JobSource
{
    /// <summary>The set's name, 1-128 characters.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>How new the set was: an older one changes nothing.</summary>
    public long Generation { get; internal init; }
}
