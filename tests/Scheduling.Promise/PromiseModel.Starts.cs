namespace Scheduling.Promise;

/// <content>What user code saw.</content>
public sealed partial class PromiseModel
{
    private void CheckStarts()
    {
        foreach (var start in _work.Starts)
        {
            Holds(start.Highest >= start.Run.DueAt, $"Early: {start}, due {start.Run.DueAt}.");
            Holds(start.Run.StartedAt <= start.Highest, $"Started at {start.Run.StartedAt}, which the store's clock never showed: {start}");
        }
        foreach (var starts in _work.Starts.GroupBy(static start => start.Run.ExecutionId))
            CheckExecution([.. starts.OrderBy(static start => start.Run.Token)]);
        foreach (var starts in _work.Starts.Where(static start => start.Run.ScheduledFor is not null).GroupBy(static start => (start.Run.JobId, start.Run.ScheduledFor)))
            Holds(starts.Select(static start => start.Run.ExecutionId).Distinct().Count() == 1, $"Two executions for one slot: {string.Join("; ", starts)}");
        foreach (var starts in _work.Starts.GroupBy(static start => start.Run.JobId))
            Holds(starts.DistinctBy(static start => start.Run.Token).Count() == starts.Count(), $"Two starts with one token: {string.Join("; ", starts)}");
    }

    private void CheckExecution(PromiseStart[] starts)
    {
        for (var i = 1; i < starts.Length; i++)
        {
            var (first, second) = (starts[i - 1], starts[i]);
            Holds(second.Run.Attempt > first.Run.Attempt, $"The attempt does not rise: {first}; {second}");
            var isExplained = first.MayStartAgain || _disturbances.Explain(first.Node, first.At, second.At);
            Holds(isExplained, $"Started again although its node was well: {first}; {second}");
        }
    }
}
