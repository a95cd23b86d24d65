using NodaTime;

namespace Scheduling;

/// <summary>Writes of many of a tenant's jobs, each by itself: not all or nothing, and each with a result of its own.</summary>
/// <remarks>
/// Thread-safe. What the call for a single job would throw about a job is that job's result. A failure of the store ends the call with that failure; so does <c>ct</c>, between two jobs. What is done then is done, <see cref="BulkOptions.Progress"/>
/// was told of it, and the call may be repeated: what is like it should be is unchanged. All calls throw <see cref="ArgumentOutOfRangeException"/> for options out of range and <see cref="InvalidCursorException"/> for a foreign cursor.
/// </remarks>
public interface ITenantBulk
{
    /// <summary>Changes jobs, as <see cref="ITenantJobs.UpdateAsync(JobRef, JobChange, long?, CancellationToken)"/>.</summary>
    /// <param name="jobs">Which jobs.</param>
    /// <param name="change">The fields to set.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>What became of each job.</returns>
    Task<BulkResult> UpdateAsync(JobSelection jobs, JobChange change, BulkOptions? options = null, CancellationToken ct = default);

    /// <summary>Changes jobs, each by what it is now, as <see cref="ITenantJobs.UpdateAsync(JobRef, Func{Job, JobChange}, CancellationToken)"/>.</summary>
    /// <param name="jobs">Which jobs.</param>
    /// <param name="change">Gives the change for a job as read; may be called several times for a job, and from several threads. What it throws ends the call.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>What became of each job.</returns>
    Task<BulkResult> UpdateAsync(JobSelection jobs, Func<Job, JobChange> change, BulkOptions? options = null, CancellationToken ct = default);

    /// <summary>Pauses jobs, as <see cref="ITenantJobs.PauseAsync"/>. To stop all jobs of a tenant or an executor, later ones included, see <see cref="JobScheduler.PauseAsync"/>.</summary>
    /// <param name="jobs">Which jobs.</param>
    /// <param name="by">Who asks for it, or null.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="until">When the pauses end by themselves; null for "until resumed".</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>What became of each job.</returns>
    Task<BulkResult> PauseAsync(JobSelection jobs, string? by = null, string? reason = null, Instant? until = null, BulkOptions? options = null, CancellationToken ct = default);

    /// <summary>Ends the pauses of jobs, as <see cref="ITenantJobs.ResumeAsync(JobRef, CancellationToken)"/>.</summary>
    /// <param name="jobs">Which jobs.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>What became of each job.</returns>
    Task<BulkResult> ResumeAsync(JobSelection jobs, BulkOptions? options = null, CancellationToken ct = default);

    /// <summary>Deletes jobs, as <see cref="ITenantJobs.DeleteAsync(JobRef, CancellationToken)"/>.</summary>
    /// <param name="jobs">Which jobs.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>What became of each job.</returns>
    Task<BulkResult> DeleteAsync(JobSelection jobs, BulkOptions? options = null, CancellationToken ct = default);

    /// <summary>Asks for runs now, as <see cref="ITenantJobs.RunNowAsync"/>.</summary>
    /// <param name="jobs">Which jobs.</param>
    /// <param name="idempotencyKey">Makes the call safe to repeat, the same key for every job; null for new runs each time.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>What became of each job.</returns>
    Task<BulkResult> RunNowAsync(JobSelection jobs, string? idempotencyKey = null, BulkOptions? options = null, CancellationToken ct = default);
}
