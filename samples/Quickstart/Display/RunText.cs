using System.Globalization;
using NodaTime;
using Quickstart.History;
using Scheduling;

namespace Quickstart.Display;

/// <summary>What there is to say about a piece of news.</summary>
internal static class RunText
{
    /// <summary>For a run, how long it took, what it said and whether it had been begun before; else how many slots, which one was the last, and why.</summary>
    public static string Of(RunNews piece)
    {
        var row = piece.Row;
        if (row.Status is ExecutionStatus.Skipped or ExecutionStatus.Missed)
            return Slots(piece.Change.Runs, row);
        var said = row.Error?.Message ?? row.Message;
        var took = row is { StartedAt: { } started, EndedAt: { } ended } ? $"in {TimeText.Short(ended - started)}" : "";
        var late = row.MissedCount > 0 ? string.Create(CultureInfo.InvariantCulture, $", {row.MissedCount} earlier slots missed") : "";
        var again = row.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $", attempt {row.Attempt}") : "";
        return (said is null ? took : $"{took}: {said}") + late + again;
    }

    /// <summary>The same without how long it took, where there is anything else to say.</summary>
    public static string Shortest(RunNews piece) => piece.Row.Error?.Message ?? piece.Row.Message ?? Of(piece);

    public static string Mark(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Succeeded => "✓",
        ExecutionStatus.CompletedWithErrors => "!",
        ExecutionStatus.Skipped => "»",
        ExecutionStatus.Missed => "○",
        _ => "✗",
    };

    public static Style StyleOf(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Succeeded => Style.Good,
        ExecutionStatus.CompletedWithErrors or ExecutionStatus.Missed => Style.Warn,
        ExecutionStatus.Skipped => Style.Dim,
        _ => Style.Bad,
    };

    private static string Slots(long count, Execution row)
    {
        var last = row.ScheduledFor is { } slot ? TimeText.DayAndMinute(slot) : "";
        return count == 1
            ? $"slot {last}: {TimeText.Reason(row.Reason)}"
            : string.Create(CultureInfo.InvariantCulture, $"{count} slots to {last}: {TimeText.Reason(row.Reason)}");
    }
}
