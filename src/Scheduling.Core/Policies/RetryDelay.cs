using NodaTime;

namespace Scheduling.Policies;

/// <summary>The pure rule of how long to wait before a retry.</summary>
internal static class RetryDelay
{
    private static readonly Duration Least = Duration.FromMilliseconds(1);

    /// <summary>The delay before a retry.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="retry">Which retry, from 1.</param>
    /// <param name="random">Uniform in [0, 1).</param>
    /// <returns>At least 1 ms, at most the cap.</returns>
    public static Duration For(RetryPolicy policy, int retry, double random)
    {
        var bound = Bound(policy, retry);
        var delay = Duration.FromNanoseconds(bound.TotalNanoseconds * (1 - random));
        return Duration.Max(Least, Duration.Min(delay, bound));
    }

    /// <summary>The longest the delay before a retry can be: grows by the factor up to the cap, and stays there however high the retry.</summary>
    public static Duration Bound(RetryPolicy policy, int retry)
    {
        var cap = policy.MaximumDelay.TotalNanoseconds;
        var bound = policy.FirstDelay.TotalNanoseconds * Math.Pow(policy.Factor, Math.Max(1, retry) - 1);
        return bound < cap ? Duration.FromNanoseconds(bound) : policy.MaximumDelay;
    }
}
