namespace Scheduling;

/// <summary>How far a run has come, as it last said.</summary>
/// <remarks>A snapshot: immutable and thread-safe.</remarks>
public sealed record RunProgress
{
    /// <summary>The most characters of <see cref="Phase"/>; longer ones are cut: 64.</summary>
    public const int MaximumPhaseLength = 64;

    /// <summary>What it is doing, in the executor's own words; null when it never said.</summary>
    public string? Phase { get; init; }

    /// <summary>How much is done, in the executor's own unit; null when it never said.</summary>
    public long? Done { get; init; }

    /// <summary>How much there is to do; null when it is not known.</summary>
    public long? Total { get; init; }
}
