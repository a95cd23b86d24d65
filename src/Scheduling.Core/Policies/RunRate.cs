using System.Globalization;
using NodaTime;

namespace Scheduling.Policies;

/// <summary>How many executions of a tenant may start in a time: a bucket of <see cref="Runs"/> starts that fills evenly, once per <see cref="Per"/>.</summary>
/// <remarks>
/// A tenant that was idle may start <see cref="Runs"/> at once; after that one every <see cref="Per"/> ÷ <see cref="Runs"/> (rounded up to a microsecond, so never faster). So no stretch of <see cref="Per"/>
/// ever sees twice as many. A retry and a restart after a lost node are starts, too. Immutable and thread-safe; equality by value.
/// </remarks>
public sealed record RunRate
{
    /// <summary>The most runs: 1,000,000.</summary>
    public const int MostRuns = 1_000_000;

    /// <summary>The longest time: 31 days.</summary>
    public static readonly Duration LongestPer = Duration.FromDays(31);

    /// <summary>Makes a rate.</summary>
    /// <param name="runs">How many starts, 1-1,000,000.</param>
    /// <param name="per">In how long: at least a millisecond, at most 31 days.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public RunRate(int runs, Duration per)
    {
        if (runs is < 1 or > MostRuns)
            throw new ArgumentOutOfRangeException(nameof(runs), runs, string.Create(CultureInfo.InvariantCulture, $"runs is {runs}: give 1-{MostRuns}; to stop a tenant's jobs, pause them."));
        if (per < Duration.FromMilliseconds(1) || per > LongestPer)
            throw new ArgumentOutOfRangeException(nameof(per), per, string.Create(CultureInfo.InvariantCulture, $"per is {per:o}: give 1 millisecond to 31 days."));
        (Runs, Per) = (runs, per);
    }

    /// <summary>How many starts.</summary>
    public int Runs { get; }

    /// <summary>In how long.</summary>
    public Duration Per { get; }

    // Whole microseconds, which every store keeps; rounded up, so that rounding never lets more through.
    private Duration Interval => Duration.FromTicks(10 * (long)Math.Ceiling(Per.TotalTicks / 10 / Runs));

    /// <summary>When the next start is allowed.</summary>
    /// <param name="fullAt">When the bucket is full again; null for one that is.</param>
    /// <param name="now">The store's now.</param>
    /// <returns>Null for now, else when.</returns>
    internal Instant? HeldUntil(Instant? fullAt, Instant now)
    {
        var free = fullAt - (Interval * (Runs - 1));
        return free > now ? free : null;
    }

    /// <summary>Takes one start out of the bucket.</summary>
    /// <param name="fullAt">When the bucket is full again; null for one that is.</param>
    /// <param name="now">The store's now.</param>
    /// <returns>When it is full again after that.</returns>
    internal Instant Take(Instant? fullAt, Instant now) => (fullAt is { } full && full > now ? full : now) + Interval;
}
