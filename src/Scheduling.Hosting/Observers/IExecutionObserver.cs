namespace Scheduling.Hosting;

/// <summary>Hears of the executions that this process runs: of each attempt's start, and of each result once the store has it. For notifications, audit trails and the like; what must happen around the work belongs into <see cref="IExecutionMiddleware"/>.</summary>
/// <remarks>
/// Added with <see cref="SchedulingBuilder.AddObserver{T}"/> or as a singleton service. An observer hears one notice at a time, in order, on a thread of the pool and apart from the runs: it may lag behind them, and nothing that it
/// does harms or delays one. Each call has a time limit (<see cref="SchedulingOptions.ObserverTimeout"/>); at most 10,000 notices wait for an observer, later ones are dropped. What it throws, what takes too long and what is dropped is
/// counted in the health check's <c>observerFailures</c> and logged once per observer. Told at most once: a process that dies takes its notices with it, and the history is what is certain.
/// Executions that end without this process's doing (skipped, missed, abandoned) are not told.
/// </remarks>
public interface IExecutionObserver
{
    /// <summary>An attempt began. Its work may have ended already when this is called.</summary>
    /// <param name="execution">What began.</param>
    /// <param name="ct">Fires when the time limit is over or the host's stop has no more time.</param>
    /// <returns>When the observer is ready for the next notice.</returns>
    ValueTask StartedAsync(StartedExecution execution, CancellationToken ct);

    /// <summary>The store accepted an attempt's result: the execution ended, or is going to be tried again. Not called when the result was refused because the lease was lost.</summary>
    /// <param name="execution">What became of it.</param>
    /// <param name="ct">Fires when the time limit is over or the host's stop has no more time.</param>
    /// <returns>When the observer is ready for the next notice.</returns>
    ValueTask SettledAsync(SettledExecution execution, CancellationToken ct);
}
