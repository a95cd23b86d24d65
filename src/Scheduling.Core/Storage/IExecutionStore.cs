using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>Executions as people ask for them and look at them.</summary>
/// <remarks>Thread-safe. Every call names its tenant, and another tenant's execution is not found.</remarks>
[Experimental("SCHED0001")]
public interface IExecutionStore
{
    /// <summary>Asks for a run now.</summary>
    /// <param name="request">Which job.</param>
    /// <param name="cancellationToken">Ends the wait; the run may still be there.</param>
    /// <returns>The execution, or why there is none.</returns>
    ValueTask<EnqueueResponse> EnqueueAsync(EnqueueRequest request, CancellationToken cancellationToken);

    /// <summary>Reads one execution.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">The execution.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The execution, or null.</returns>
    ValueTask<Execution?> GetAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken);

    /// <summary>Reads one page of executions, newest id first, open ones included.</summary>
    /// <param name="request">Which page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page, or null when the request names a job that there is not.</returns>
    ValueTask<IReadOnlyList<Execution>?> ListAsync(ListExecutionsRequest request, CancellationToken cancellationToken);

    /// <summary>Reads one page of what an execution reported, oldest first.</summary>
    /// <param name="request">Which page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page, empty behind the last event; null when there is no such execution.</returns>
    ValueTask<IReadOnlyList<RunEvent>?> ListEventsAsync(ListRunEventsRequest request, CancellationToken cancellationToken);

    /// <summary>Asks for the end of an execution: a pending one ends at once, the owner of a running one hears of it.</summary>
    /// <param name="request">Which execution.</param>
    /// <param name="cancellationToken">Ends the wait; the request may still be there.</param>
    /// <returns>The execution as it is now, or null.</returns>
    ValueTask<CancelResponse?> CancelAsync(CancelRequest request, CancellationToken cancellationToken);
}
