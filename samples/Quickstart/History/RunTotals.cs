using System.Globalization;
using Scheduling;

namespace Quickstart.History;

/// <summary>What became of slots and requested runs.</summary>
/// <remarks>Each one counts once: a run that was made succeeded or failed (a timeout, a cancellation and an abandonment are failures here), all others were skipped or missed.</remarks>
internal readonly record struct RunTotals(long Succeeded, long Failed, long Skipped, long Missed)
{
    public long Runs => Succeeded + Failed + Skipped + Missed;

    /// <summary>What a history row stands for; nothing while it is open.</summary>
    public static RunTotals Of(Execution row) => row.Status switch
    {
        ExecutionStatus.Pending or ExecutionStatus.Running => default,
        ExecutionStatus.Skipped => new(0, 0, row.Slots?.Count ?? 0, 0),
        ExecutionStatus.Missed => new(0, 0, 0, row.Slots?.Count ?? 0),
        // A run that makes up for earlier slots counts them as missed.
        var ended when ended.IsSuccess() => new(1, 0, 0, row.MissedCount),
        _ => new(0, 1, 0, row.MissedCount),
    };

    public static RunTotals operator +(RunTotals one, RunTotals other) =>
        new(one.Succeeded + other.Succeeded, one.Failed + other.Failed, one.Skipped + other.Skipped, one.Missed + other.Missed);

    public static RunTotals operator -(RunTotals one, RunTotals other) =>
        new(one.Succeeded - other.Succeeded, one.Failed - other.Failed, one.Skipped - other.Skipped, one.Missed - other.Missed);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Runs} runs: {Succeeded} succeeded, {Failed} failed, {Skipped} skipped, {Missed} missed");
}
