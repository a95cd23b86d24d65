using System.Globalization;
using NodaTime;

namespace Scheduling.Policies;

/// <summary>Whether and when a failed attempt is made again. Attempts belong to one execution.</summary>
/// <remarks>
/// By default nothing is retried: the job simply runs at its next slot. Delays grow exponentially up to a cap and are drawn with full jitter (uniformly between zero,
/// exclusive, and the current bound), so that a thousand failed tenants do not come back in step. Waiting for a retry holds no place on a node, but the execution counts as running for the
/// overlap policy. Immutable and thread-safe; equality by value.
/// </remarks>
public sealed record RetryPolicy
{
    /// <summary>The most retries a policy may ask for: 1,000.</summary>
    public const int MostRetries = 1_000;

    /// <summary>The longest delay a policy may ask for: 365 days.</summary>
    public static readonly Duration LongestDelay = Duration.FromDays(365);

    private RetryPolicy()
    {
    }

    /// <summary>No retry. The default.</summary>
    public static RetryPolicy None { get; } = new();

    /// <summary>How often a failed attempt is made again, 0-1,000. Zero for <see cref="None"/>.</summary>
    public int MaximumRetries { get; private init; }

    /// <summary>The bound of the first delay; positive.</summary>
    public Duration FirstDelay { get; private init; }

    /// <summary>By what the bound grows from one retry to the next; at least 1. Default 2.</summary>
    public double Factor { get; private init; } = 2;

    /// <summary>What the bound never exceeds.</summary>
    public Duration MaximumDelay { get; private init; }

    /// <summary>Retries with exponentially growing, jittered delays.</summary>
    /// <param name="maximumRetries">How often, 1-1,000.</param>
    /// <param name="firstDelay">The bound of the first delay; 1 ms - 365 days.</param>
    /// <param name="maximumDelay">What the bound never exceeds; at least <paramref name="firstDelay"/> and at most 365 days, default one hour or the first delay, whichever is longer.</param>
    /// <param name="factor">By what the bound grows; 1-10, default 2.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public static RetryPolicy Exponential(int maximumRetries, Duration firstDelay, Duration? maximumDelay = null, double factor = 2)
    {
        if (maximumRetries is < 1 or > MostRetries)
            throw new ArgumentOutOfRangeException(nameof(maximumRetries), maximumRetries, string.Create(CultureInfo.InvariantCulture, $"1-{MostRetries} retries are allowed; RetryPolicy.None is no retry."));
        if (firstDelay < Duration.FromMilliseconds(1))
            throw new ArgumentOutOfRangeException(nameof(firstDelay), firstDelay, "The first delay is at least 1 ms.");
        var cap = maximumDelay ?? Duration.Max(firstDelay, Duration.FromHours(1));
        if (cap < firstDelay)
            throw new ArgumentOutOfRangeException(nameof(maximumDelay), maximumDelay, "The longest delay is at least the first delay.");
        if (cap > LongestDelay)
            throw new ArgumentOutOfRangeException(maximumDelay is null ? nameof(firstDelay) : nameof(maximumDelay), cap, "No delay is longer than 365 days.");
        if (factor is not (>= 1 and <= 10))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor is 1-10.");
        return new() { MaximumRetries = maximumRetries, FirstDelay = firstDelay, MaximumDelay = cap, Factor = factor };
    }
}
