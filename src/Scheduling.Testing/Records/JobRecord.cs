using System.Globalization;
using NodaTime;

namespace Scheduling.Testing;

/// <summary>The history of one job at one moment, and statements about it that throw when they are not so. Statements return the record, so that they read on: <c>record.Ran(3).MissedNothing()</c>.</summary>
/// <remarks>Immutable and thread-safe. Read it with <see cref="SchedulingHarness.RecordAsync"/>.</remarks>
public sealed partial class JobRecord
{
    private readonly string _name;
    private readonly Func<string> _context;

    internal JobRecord(string name, Job? job, IReadOnlyList<Execution> executions, Func<string> context) =>
        (_name, Job, Executions, _context) = (name, job, executions, context);

    /// <summary>The job as it was when the record was read; null when there is none.</summary>
    public Job? Job { get; }

    /// <summary>The executions, those included that are not finished, oldest first.</summary>
    public IReadOnlyList<Execution> Executions { get; }

    /// <summary>The executions that ended in success, oldest first.</summary>
    public IEnumerable<Execution> Successes => Executions.Where(static run => run.Status.IsSuccess());

    /// <summary>It ran to a successful end so many times.</summary>
    /// <param name="times">How many executions ended in success.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ExpectationException">It is not so.</exception>
    public JobRecord Ran(int times)
    {
        var found = Successes.Count();
        return Expect(found == times, $"was to run {Times(times)} and ran {Times(found)}");
    }

    /// <summary>It ran to a successful end for exactly these slots, in any order, and for no other.</summary>
    /// <param name="slots">The slots.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ExpectationException">It is not so.</exception>
    public JobRecord RanAt(params IEnumerable<Instant> slots)
    {
        var wanted = slots.ToHashSet();
        var found = Successes.Where(static run => run.ScheduledFor is not null).Select(static run => run.ScheduledFor!.Value).ToHashSet();
        return Expect(
            wanted.SetEquals(found),
            $"was to run for {Slots(wanted)}; not run: {Slots(wanted.Except(found))}; run besides: {Slots(found.Except(wanted))}");
    }

    /// <summary>It started so many times in a stretch of time, whatever became of it.</summary>
    /// <param name="from">The beginning, inclusive.</param>
    /// <param name="to">The end, exclusive.</param>
    /// <param name="times">How many executions had their last start in it.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ExpectationException">It is not so.</exception>
    public JobRecord StartedBetween(Instant from, Instant to, int times)
    {
        var found = Executions.Count(run => run.StartedAt >= from && run.StartedAt < to);
        return Expect(found == times, $"was to start {Times(times)} between {Text(from)} and {Text(to)} and started {Times(found)}");
    }

    /// <summary>So many executions ended on a node.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="times">How many ended there in success.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ExpectationException">It is not so.</exception>
    public JobRecord RanOn(string node, int times)
    {
        var found = Successes.Count(run => string.Equals(run.Node, node, StringComparison.Ordinal));
        return Expect(found == times, $"was to run {Times(times)} on {node} and ran {Times(found)} there");
    }

    /// <summary>It ended so many times in a certain way.</summary>
    /// <param name="status">The end.</param>
    /// <param name="times">How many executions ended so.</param>
    /// <returns>The record.</returns>
    /// <exception cref="ExpectationException">It is not so.</exception>
    public JobRecord Ended(ExecutionStatus status, int times)
    {
        var found = Executions.Count(run => run.Status == status);
        return Expect(found == times, $"was to end {status} {Times(times)} and did {Times(found)}");
    }

    /// <summary>Every execution was started once at most: nothing was retried, and no node was lost.</summary>
    /// <returns>The record.</returns>
    /// <exception cref="ExpectationException">It is not so.</exception>
    public JobRecord StartedOnce()
    {
        var again = Executions.FirstOrDefault(static run => run.Attempt > 1);
        return Expect(again is null, $"was to start nothing twice, and started the run for {(again?.ScheduledFor is { } slot ? Text(slot) : "a request")} {Times(again?.Attempt ?? 0)}");
    }

    /// <summary>Nothing of it is open: no execution is pending or running.</summary>
    /// <returns>The record.</returns>
    /// <exception cref="ExpectationException">It is not so.</exception>
    public JobRecord NothingOpen()
    {
        var open = Executions.Count(static run => !run.Status.IsTerminal());
        return Expect(open == 0, $"was to have nothing open and has {open} open");
    }

    private static string Times(long count) => count == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} times");

    private static string Text(Instant at) => TranscriptText.Of(at);

    private static string Slots(IEnumerable<Instant> slots)
    {
        var all = slots.Order().ToArray();
        return all.Length == 0 ? "none" : string.Join(", ", all.Take(12).Select(Text)) + (all.Length > 12 ? string.Create(CultureInfo.InvariantCulture, $" and {all.Length - 12:N0} more") : "");
    }

    private JobRecord Expect(bool holds, string otherwise) => holds ? this : throw new ExpectationException($"{_name} {otherwise}.{Environment.NewLine}{History()}{_context()}");

    private string History()
    {
        var rows = Executions.TakeLast(20).Select(static run =>
            $"  {(run.ScheduledFor is { } slot ? Text(slot) : "by hand"),-20} {run.Status}{(run.Reason == ExecutionReason.None ? "" : $" ({run.Reason})")}"
            + (run.Slots is { Count: > 1 } slots ? string.Create(CultureInfo.InvariantCulture, $", {slots.Count:N0} slots from {Text(slots.First)}") : "")
            + (run.StartedAt is { } start ? string.Create(CultureInfo.InvariantCulture, $", started {Text(start)} on {run.Node}, attempt {run.Attempt}") : "")
            + (run.Error is { } error ? $": {error.Message}" : ""));
        return Executions.Count == 0
            ? $"It has no history.{Environment.NewLine}"
            : $"Its history{(Executions.Count > 20 ? ", the last 20 rows" : "")}:{Environment.NewLine}{string.Join(Environment.NewLine, rows)}{Environment.NewLine}";
    }
}
