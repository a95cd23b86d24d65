namespace Scheduling.Hosting;

/// <summary>One thing to tell an observer: a start, or with <paramref name="Settled"/> a result.</summary>
internal readonly record struct ExecutionNotice(StartedExecution Started, SettledExecution? Settled = null)
{
    public ValueTask TellAsync(IExecutionObserver observer, CancellationToken ct) =>
        Settled is null ? observer.StartedAsync(Started, ct) : observer.SettledAsync(Settled, ct);
}
