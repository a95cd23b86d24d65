using NodaTime;

namespace Scheduling.Testing;

/// <content>Slots that were not run.</content>
public sealed partial class JobRecord
{
    /// <summary>So many slots were skipped for a reason.</summary>
    /// <param name="reason">The reason, such as <see cref="ExecutionReason.Overlap"/>.</param>
    /// <param name="slots">How many slots in all.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ExpectationException">It is not so.</exception>
    public JobRecord SkippedBecause(ExecutionReason reason, long slots)
    {
        var found = Executions.Where(run => run.Status == ExecutionStatus.Skipped && run.Reason == reason).Sum(static run => run.Slots?.Count ?? 0);
        return Expect(found == slots, $"was to skip {slots} slots because of {reason} and skipped {found}");
    }

    /// <summary>So many slots of a stretch of time were missed: they have a Missed row, or are counted into a later run.</summary>
    /// <param name="from">The beginning, inclusive.</param>
    /// <param name="to">The end, exclusive.</param>
    /// <param name="slots">How many slots. A row that lies in the stretch with its first and its last missed slot counts whole; one that does not counts if it touches it.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ExpectationException">It is not so.</exception>
    public JobRecord MissedBetween(Instant from, Instant to, long slots)
    {
        var found = Executions.Where(run => Missed(run) > 0 && run.Slots!.Value.First < to && LastMissed(run) >= from).Sum(Missed);
        return Expect(found == slots, $"was to miss {slots} slots between {Text(from)} and {Text(to)} and missed {found}");
    }

    /// <summary>No slot was missed, neither in a row of its own nor counted into a later run.</summary>
    /// <returns>The record.</returns>
    /// <exception cref="ExpectationException">It is not so.</exception>
    public JobRecord MissedNothing()
    {
        var found = Executions.Sum(Missed);
        return Expect(found == 0, $"was to miss nothing and missed {found} slots");
    }

    /// <summary>No slot was skipped.</summary>
    /// <returns>The record.</returns>
    /// <exception cref="ExpectationException">It is not so.</exception>
    public JobRecord SkippedNothing()
    {
        var found = Executions.Where(static run => run.Status == ExecutionStatus.Skipped).Sum(static run => run.Slots?.Count ?? 0);
        return Expect(found == 0, $"was to skip nothing and skipped {found} slots");
    }

    private static long Missed(Execution run) => run.Status == ExecutionStatus.Missed ? run.Slots?.Count ?? 0 : run.MissedCount;

    // A run's own row ends with the slot that it ran for; the missed ones lie before it.
    private static Instant LastMissed(Execution run) => run.Status == ExecutionStatus.Missed ? run.Slots!.Value.Last : run.Slots!.Value.Last - Duration.FromSeconds(1);
}
