using System.Globalization;
using NodaTime;

namespace Scheduling.Policies;

/// <summary>What a job does about slots it could not start in time, because no node was up or every place was taken.</summary>
/// <remarks>
/// A slot is a misfire when it is later than the engine's misfire threshold (60 s by default), measured from its start (slot + spread); time
/// that a tenant limit held the work back does not count. A window always wins: the slot of an hour pin whose window has closed is Missed whatever the policy says.
/// Immutable and thread-safe; equality by value.
/// </remarks>
public sealed record MisfirePolicy
{
    /// <summary>The longest catch-up chain: 100 runs.</summary>
    public const int LongestChain = 100;

    private MisfirePolicy(MisfireMode mode) => Mode = mode;

    /// <summary>One run for everything that was missed. The default.</summary>
    public static MisfirePolicy RunOnce { get; } = new(MisfireMode.RunOnce);

    /// <summary>What was missed stays undone and is recorded as Skipped.</summary>
    public static MisfirePolicy Skip { get; } = new(MisfireMode.Skip);

    /// <summary>What happens to late slots.</summary>
    public MisfireMode Mode { get; }

    /// <summary>The most runs of one catch-up chain, 1-100; only <see cref="MisfireMode.RunAll"/> uses it. Default 100.</summary>
    public int MaximumRuns { get; private init; } = LongestChain;

    /// <summary>Slots later than this are Missed rather than caught up on; null (the default) means that no slot is too old. Positive.</summary>
    public Duration? MaximumAge { get; private init; }

    /// <summary>One run for each missed slot, oldest first, one after the other.</summary>
    /// <param name="maximumRuns">The most runs of one chain, 1-100; older slots are counted as missed.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximumRuns"/> is not in 1-100.</exception>
    public static MisfirePolicy RunAll(int maximumRuns = LongestChain)
    {
        if (maximumRuns is < 1 or > LongestChain)
            throw new ArgumentOutOfRangeException(nameof(maximumRuns), maximumRuns, string.Create(CultureInfo.InvariantCulture, $"A catch-up chain has 1-{LongestChain} runs."));
        return new(MisfireMode.RunAll) { MaximumRuns = maximumRuns };
    }

    /// <summary>The same policy with an age limit.</summary>
    /// <param name="maximumAge">Slots later than this are Missed; positive, or null for no limit.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maximumAge"/> is zero or negative.</exception>
    public MisfirePolicy WithMaximumAge(Duration? maximumAge)
    {
        if (maximumAge is { } age && age <= Duration.Zero)
            throw new ArgumentOutOfRangeException(nameof(maximumAge), maximumAge, "An age limit is positive; null means that no slot is too old.");
        return this with { MaximumAge = maximumAge };
    }
}
