using NodaTime;

namespace Scheduling;

/// <summary>The slots that one history row answers for: a contiguous stretch of a job's schedule.</summary>
/// <remarks>The ranges of a job's rows never overlap and leave no due slot out. The default value is empty.</remarks>
public readonly record struct SlotRange
{
    /// <summary>Makes a range.</summary>
    /// <param name="first">The first slot.</param>
    /// <param name="last">The last slot; not before <paramref name="first"/>.</param>
    /// <param name="count">How many slots lie in it, both ends included; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ends are in the wrong order or the count is not positive.</exception>
    public SlotRange(Instant first, Instant last, long count)
    {
        if (last < first)
            throw new ArgumentOutOfRangeException(nameof(last), last, "The last slot does not come before the first.");
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (First, Last, Count) = (first, last, count);
    }

    /// <summary>The first slot.</summary>
    public Instant First { get; }

    /// <summary>The last slot; for a row with a run, the slot that it ran for.</summary>
    public Instant Last { get; }

    /// <summary>How many slots lie in the range, both ends included. Counting stops at <see cref="CountLimit"/>, which then means "at least".</summary>
    public long Count { get; }

    /// <summary>Where counting stops: 1,000,000 slots.</summary>
    public static long CountLimit => 1_000_000;

    /// <summary>A range of one slot.</summary>
    /// <param name="slot">The slot.</param>
    /// <returns>The range.</returns>
    public static SlotRange Of(Instant slot) => new(slot, slot, 1);

    /// <summary>This range and the one that follows it as one.</summary>
    /// <param name="next">The range behind this one.</param>
    /// <returns>The joined range; the count stops at <see cref="CountLimit"/>.</returns>
    public SlotRange Join(SlotRange next) => new(First, next.Last, Math.Min(CountLimit, Count + next.Count));
}
