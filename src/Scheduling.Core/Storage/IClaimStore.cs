using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Scheduling.Storage;

/// <summary>Claiming, renewing, settling and sweeping: the engine's side of a store. The essay beside this file (ClaimProtocol.md) says who is authoritative, how long anybody may trust what, and what happens in each failure.</summary>
/// <remarks>
/// Thread-safe; claims may overlap. Every call is one short transaction, is safe to repeat after a lost answer, and takes its time from the store. User code never runs inside one.
/// </remarks>
[Experimental("SCHED0001")]
public interface IClaimStore
{
    /// <summary>Settles what is handed along, then takes due work, fairly by tenant, into executions leased to the calling process.</summary>
    /// <param name="request">Who asks, for how much, and what it settles.</param>
    /// <param name="cancellationToken">Ends the wait; the claim may still have happened, and then its runs are strays until the next renewal hands them back.</param>
    /// <returns>The runs to start and when to look again.</returns>
    ValueTask<ClaimResponse> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>Prolongs the process's lease and tells what it lost, what it is asked to cancel, and what it did not know it had.</summary>
    /// <param name="request">Who asks and what it has.</param>
    /// <param name="cancellationToken">Ends the wait; the lease may still be renewed.</param>
    /// <returns>What the process must know.</returns>
    ValueTask<RenewResponse> RenewAsync(RenewRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Does what <see cref="RenewAsync"/> does, on the calling thread. A lease must be kept even when user code blocks every thread of the pool, so the engine calls this from a thread of its own,
    /// and nothing of it may wait for the pool: no continuation, no timer.
    /// </summary>
    /// <param name="request">Who asks and what it has.</param>
    /// <returns>What the process must know.</returns>
    /// <exception cref="Exception">The store could not be reached within its own time-out, which must not be longer than the deadline of its other calls.</exception>
    RenewResponse Renew(RenewRequest request);

    /// <summary>Writes the results of attempts. Idempotent per execution and token.</summary>
    /// <param name="request">The results.</param>
    /// <param name="cancellationToken">Ends the wait; the results may still be written.</param>
    /// <returns>One outcome for each result, in order.</returns>
    ValueTask<SettleResponse> SettleAsync(SettleRequest request, CancellationToken cancellationToken);

    /// <summary>One round of housekeeping, limited in size: orphans, tombstones, retention, executors that nobody has. Safe on every node at once.</summary>
    /// <param name="request">What to do, and how much of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was done, and whether there is more.</returns>
    ValueTask<SweepResponse> SweepAsync(SweepRequest request, CancellationToken cancellationToken);

    /// <summary>Gives up the process's lease at a graceful stop; what it still has becomes orphaned at once.</summary>
    /// <param name="owner">The process.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is given up.</returns>
    ValueTask LeaveAsync(OwnerId owner, CancellationToken cancellationToken);

    /// <summary>Tells of new work and cancel requests as they come, as far as the store can (<see cref="StoreCapabilities.SendsWakes"/>). Wakes are hints: they may be late, doubled or missing.</summary>
    /// <param name="wake">Called without any lock held; must return quickly and not throw.</param>
    /// <returns>Ends the subscription when disposed.</returns>
    IDisposable Subscribe(Action<StoreWake> wake);

    /// <summary>Looks at the store's state for health checks and metrics.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state.</returns>
    ValueTask<StoreStatus> InspectAsync(CancellationToken cancellationToken);
}
