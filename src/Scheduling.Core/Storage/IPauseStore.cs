using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Storage;

/// <summary>Pauses of tenants and executors.</summary>
/// <remarks>
/// Thread-safe. While one is in force no work in its scope is claimed, what is due stays due as it is, jobs read as paused without a next run, and a run now is refused; what runs goes on. Afterwards the planner hears of
/// the time (<see cref="Planning.DueWork.PausedPeriods"/>). A pause with an end ends at that time by itself, without a write. Ended pauses are kept for the retention of the history.
/// </remarks>
[Experimental("SCHED0001")]
public interface IPauseStore
{
    /// <summary>Begins, changes or ends the pause of one scope; holds from the next claim on.</summary>
    /// <param name="request">Which scope and what to do.</param>
    /// <param name="cancellationToken">Ends the wait; the write may still happen.</param>
    /// <returns>The scope's pause as it is now, or null when there was none and none was made.</returns>
    ValueTask<ScopedPause?> WriteAsync(WritePauseRequest request, CancellationToken cancellationToken);

    /// <summary>Reads one page of pauses, ordered by tenant, executor (none first, then by code points) and beginning.</summary>
    /// <param name="request">Which page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page; empty behind the last.</returns>
    ValueTask<IReadOnlyList<ScopedPause>> ListAsync(ListPausesRequest request, CancellationToken cancellationToken);
}
