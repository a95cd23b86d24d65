namespace Scheduling.Storage;

/// <summary>One page of executions, newest id first. History lies in the order of its writing, which is nearly but not quite that of the ids; so the newest are picked, and the search ends where nothing newer can follow.</summary>
internal sealed class MemoryExecutionPage(MemoryState state, ListExecutionsRequest request, JobEntry? job, TenantEntry tenant)
{
    // In a burst ids run a little ahead of the clock.
    private const long Slack = TimeSpan.TicksPerSecond;

    // The oldest of the picked comes out first.
    private readonly PriorityQueue<(RunEntry? Open, long Row), ExecutionId> _picked = new();

    public List<Execution> Read()
    {
        PickOpen();
        PickEnded();
        var page = new List<Execution>(_picked.Count);
        while (_picked.TryDequeue(out var found, out _))
            page.Add(found.Open?.ToExecution() ?? state.History.Row(found.Row).ToExecution());
        page.Reverse();
        return page;
    }

    private void PickOpen()
    {
        if (job is not null)
        {
            for (var run = job.NewestOpen; run is not null; run = run.NextOfJob)
                Pick(run.Id, run.Status, run.Executor, (run, 0));
            return;
        }
        foreach (var run in state.Runs.Values)
        {
            if (run.Job.Tenant == tenant && !run.Job.IsDeleted)
                Pick(run.Id, run.Status, run.Executor, (run, 0));
        }
    }

    private void PickEnded()
    {
        foreach (var number in state.History.Chain(job, tenant))
        {
            ref var row = ref state.History.Row(number);
            if (IsPageFull(out var oldestPicked) && MadeAt(oldestPicked) - Slack > row.WrittenAt)
                return;
            if (row.IsVisible)
                Pick(row.Id, row.Status, row.Executor, (null, number));
        }
    }

    private static long MadeAt(ExecutionId id) => (UuidV7.UnitsOf(id.Value) >> 12) * NodaTime.NodaConstants.TicksPerMillisecond;

    private bool IsPageFull(out ExecutionId oldestPicked) => _picked.TryPeek(out _, out oldestPicked) && _picked.Count == request.Size;

    private void Pick(ExecutionId id, ExecutionStatus status, string executor, (RunEntry? Open, long Row) found)
    {
        if (request.Before is { } before && id >= before)
            return;
        if ((request.Statuses.Count > 0 && !request.Statuses.Contains(status)) || (request.Executor is { } wanted && !string.Equals(wanted, executor, StringComparison.Ordinal)))
            return;
        if (_picked.Count < request.Size)
            _picked.Enqueue(found, id);
        else
            _picked.EnqueueDequeue(found, id);
    }
}
