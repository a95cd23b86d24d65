namespace Scheduling;

/// <summary>How a bulk call works.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record BulkOptions
{
    /// <summary>The largest <see cref="MaximumJobs"/>: 100,000.</summary>
    public const int MostJobs = 100_000;

    /// <summary>The largest <see cref="Parallelism"/>: 32.</summary>
    public const int MostParallelism = 32;

    /// <summary>The most jobs of one call, 1-100,000. Default 10,000. What is beyond is left for the next call (<see cref="BulkResult.Cursor"/>).</summary>
    public int MaximumJobs { get; init; } = 10_000;

    /// <summary>How many jobs are written at the same time, 1-32. Default 4.</summary>
    public int Parallelism { get; init; } = 4;

    /// <summary>The cursor of the call before, of the same tenant and selection; null to begin.</summary>
    public string? Cursor { get; init; }

    /// <summary>Told of each job when it is done, by whichever thread did it, one at a time; null for nobody. What it throws ends the call.</summary>
    public IProgress<BulkProgress>? Progress { get; init; }

    /// <summary>Refuses what is out of range.</summary>
    internal void Require()
    {
        RequireRange(MaximumJobs, MostJobs, nameof(MaximumJobs));
        RequireRange(Parallelism, MostParallelism, nameof(Parallelism));
    }

    private static void RequireRange(int value, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
