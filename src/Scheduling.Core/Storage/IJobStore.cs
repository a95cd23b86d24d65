using System.Diagnostics.CodeAnalysis;
using Scheduling.Policies;

namespace Scheduling.Storage;

/// <summary>Jobs and tenants as people write them: the control plane's side of a store.</summary>
/// <remarks>
/// Thread-safe. Every call names its tenant, and another tenant's job is not found. Writes are atomic and safe to repeat after a lost answer. Decisions are pure functions that the store calls
/// with the stored job and its own now, inside the transaction and under the row's lock; they may be called again when the transaction is repeated, and what they throw rolls it back and reaches the caller.
/// </remarks>
[Experimental("SCHED0001")]
public interface IJobStore
{
    /// <summary>Creates or edits one job.</summary>
    /// <param name="request">Which job and what to do.</param>
    /// <param name="cancellationToken">Ends the wait; the write may still happen.</param>
    /// <returns>What happened, and the job as it is now.</returns>
    ValueTask<WriteJobResponse> WriteAsync(WriteJobRequest request, CancellationToken cancellationToken);

    /// <summary>Reads one job.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The job, or null.</returns>
    ValueTask<Job?> GetAsync(TenantId tenant, JobRef job, CancellationToken cancellationToken);

    /// <summary>Reads one page of a tenant's jobs that meet a filter.</summary>
    /// <param name="request">Which page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page; empty behind the last job.</returns>
    ValueTask<IReadOnlyList<Job>> ListAsync(ListJobsRequest request, CancellationToken cancellationToken);

    /// <summary>Counts a tenant's jobs as people see them: a job that a wide pause stops counts as paused.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One row for each executor, state and status of the last run that there is, in this order, executors by code points, jobs that never ran first.</returns>
    ValueTask<IReadOnlyList<JobCount>> CountAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Deletes one job: its key is free at once, what is pending is cancelled, what runs may still settle.</summary>
    /// <param name="request">Which job.</param>
    /// <param name="cancellationToken">Ends the wait; the delete may still happen.</param>
    /// <returns>Whether there was such a job.</returns>
    ValueTask<bool> DeleteAsync(DeleteJobRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Erases some of what there is of a tenant: jobs, executions and their events, secrets, limits, pauses that name it. What is pending goes, what runs is asked to end and leaves nothing behind. Repeated until nothing is left.
    /// </summary>
    /// <param name="request">Whose, and how much at once.</param>
    /// <param name="cancellationToken">Ends the wait; the batch may still be erased.</param>
    /// <returns>How much was erased, and whether there is more.</returns>
    ValueTask<EraseTenantResponse> EraseAsync(EraseTenantRequest request, CancellationToken cancellationToken);

    /// <summary>Sets a tenant's limits; they hold from the next claim on, for work that is already due too.</summary>
    /// <param name="tenant">The tenant; need not have jobs.</param>
    /// <param name="limits">The limits; <see cref="TenantLimits.None"/> lifts them.</param>
    /// <param name="cancellationToken">Ends the wait; the write may still happen.</param>
    /// <returns>When it is written.</returns>
    ValueTask SetLimitsAsync(TenantId tenant, TenantLimits limits, CancellationToken cancellationToken);

    /// <summary>Reads a tenant's limits and what it has running.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The tenant's state; an unknown tenant has no limits and nothing running.</returns>
    ValueTask<TenantState> GetTenantAsync(TenantId tenant, CancellationToken cancellationToken);
}
