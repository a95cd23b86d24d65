namespace Scheduling;

/// <summary>One tenant's executions.</summary>
/// <remarks>Thread-safe. Another tenant's execution is not found.</remarks>
public interface ITenantExecutions
{
    /// <summary>Lists executions, newest first, open ones included. While new ones arrive, the following pages show nothing twice and leave nothing out.</summary>
    /// <param name="query">Which; null for all of the tenant.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The page.</returns>
    /// <exception cref="JobNotFoundException">The query names a job that there is not.</exception>
    /// <exception cref="InvalidCursorException">The cursor is not from this call, tenant and question.</exception>
    ValueTask<Page<Execution>> ListAsync(ExecutionQuery? query = null, CancellationToken ct = default);

    /// <summary>Reads an execution.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The execution, or null.</returns>
    ValueTask<Execution?> GetAsync(ExecutionId id, CancellationToken ct = default);

    /// <summary>Lists what an execution reported (<see cref="JobContext.Report"/>), oldest first; what a running one reports shows within seconds.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="pageSize">The most events of a page, 1-1,000. Default 100.</param>
    /// <param name="cursor">The cursor of the page before; null for the first page.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The page; null when there is no such execution.</returns>
    /// <exception cref="InvalidCursorException">The cursor is not from this call, tenant and execution.</exception>
    ValueTask<Page<RunEvent>?> ListEventsAsync(ExecutionId id, int pageSize = 100, string? cursor = null, CancellationToken ct = default);

    /// <summary>Asks for the end of an execution: a pending one is cancelled at once, a running one's token fires on whichever node has it. One that has ended stays as it is.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="reason">Why, for the history; null for no reason.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The execution as it is now; null when there is none.</returns>
    ValueTask<Execution?> CancelAsync(ExecutionId id, string? reason = null, CancellationToken ct = default);
}
