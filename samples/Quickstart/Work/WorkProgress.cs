using System.Collections.Concurrent;
using Scheduling;

namespace Quickstart.Work;

/// <summary>How far the running work of this process is, for the display. Thread-safe.</summary>
internal sealed class WorkProgress
{
    private readonly ConcurrentDictionary<ExecutionId, double> _done = new();

    /// <summary>Notes that so many of so many steps are done.</summary>
    public void Report(JobContext run, int done, int of) => _done[run.ExecutionId] = of > 0 ? Math.Clamp((double)done / of, 0, 1) : 1;

    /// <summary>Forgets a run that has ended.</summary>
    public void End(JobContext run) => _done.TryRemove(run.ExecutionId, out _);

    /// <summary>How much is done, 0 to 1; null when the work does not say.</summary>
    public double? Of(ExecutionId execution) => _done.TryGetValue(execution, out var done) ? done : null;
}
