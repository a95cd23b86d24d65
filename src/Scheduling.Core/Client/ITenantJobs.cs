using NodaTime;

namespace Scheduling;

/// <summary>One tenant's jobs: everything that a tenant may do. Made by <see cref="JobScheduler.ForTenant(TenantId)"/>.</summary>
/// <remarks>
/// Thread-safe and cheap to make. Another tenant's job is not found. Jobs are named by id or key (<see cref="JobRef"/>). Not found: Get returns null, Delete false, everything else throws
/// <see cref="JobNotFoundException"/>. A cancelled wait says nothing about whether a write happened; every write is safe to repeat.
/// </remarks>
public interface ITenantJobs
{
    /// <summary>The tenant.</summary>
    TenantId Tenant { get; }

    /// <summary>The tenant's executions: history, and the end of running ones.</summary>
    ITenantExecutions Executions { get; }

    /// <summary>The tenant's secrets, which its runs ask for by name.</summary>
    ITenantSecrets Secrets { get; }

    /// <summary>Writes of many jobs at once, each with a result of its own.</summary>
    ITenantBulk Bulk { get; }

    /// <summary>The tenant's jobs out of and into files.</summary>
    ITenantTransfer Transfer { get; }

    /// <summary>Creates a job.</summary>
    /// <param name="definition">The job.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The job as stored.</returns>
    /// <exception cref="SchedulingValidationException">The definition breaks a rule; every problem is named and nothing is stored.</exception>
    /// <exception cref="JobExistsException">The tenant has a job of that key.</exception>
    /// <exception cref="AdmissionException">The operator's rules do not allow the tenant this job, or one more; nothing is stored.</exception>
    ValueTask<Job> CreateAsync(JobDefinition definition, CancellationToken ct = default);

    /// <summary>
    /// Creates a job once: the same idempotency key for the same <see cref="JobDefinition.Key"/> gives the job that the first call made, as it is now, so that a call whose answer was lost can be repeated. Remembered as long as the job is there.
    /// </summary>
    /// <param name="definition">The job. Without a key it gets one that follows from the idempotency key.</param>
    /// <param name="idempotencyKey">1-128 characters, chosen by whoever asks, such as the id of the request.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The job as stored.</returns>
    /// <exception cref="SchedulingValidationException">The definition or the idempotency key breaks a rule; every problem is named and nothing is stored.</exception>
    /// <exception cref="JobExistsException">The tenant has a job of that key that was not made with that idempotency key.</exception>
    /// <exception cref="AdmissionException">The operator's rules do not allow the tenant this job, or one more; nothing is stored.</exception>
    ValueTask<Job> CreateAsync(JobDefinition definition, string idempotencyKey, CancellationToken ct = default);

    /// <summary>Creates a job, or makes the one of the same key what the definition says. For code that states at each start what should be there: the active flag counts at creation only, so an operator's pause stays.</summary>
    /// <param name="definition">The job; its key is required.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The job as stored.</returns>
    /// <exception cref="SchedulingValidationException">The definition breaks a rule or has no key; nothing is stored.</exception>
    /// <exception cref="AdmissionException">The operator's rules do not allow the tenant this job or this change, or one job more; nothing is stored.</exception>
    ValueTask<Job> EnsureAsync(JobDefinition definition, CancellationToken ct = default);

    /// <summary>
    /// Tells what <see cref="EnsureAsync"/> (or <see cref="CreateAsync(JobDefinition, CancellationToken)"/> of a new key) would make of a definition now: its next runs, what is wrong with it, what the operator's rules say, what is probably not meant. Stores nothing, and a
    /// definition that would be refused is an answer, not an exception.
    /// </summary>
    /// <param name="definition">The job; without a key it stands for a new one.</param>
    /// <param name="count">How many runs to show, 1-10,000. Default 10.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The preview.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of range.</exception>
    ValueTask<JobPreview> PreviewAsync(JobDefinition definition, int count = 10, CancellationToken ct = default);

    /// <summary>
    /// Makes the jobs of a set equal to the set: creates, updates, and deletes what the set no longer has. Jobs that are not the set's are left alone, and so are operators' pauses. Not all or nothing: each job has a result of its own, and
    /// the call may be repeated. A set that is older than what was reconciled before changes nothing.
    /// </summary>
    /// <param name="set">The set.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="ct">Ends the call between two jobs.</param>
    /// <returns>What became of each job.</returns>
    /// <exception cref="SchedulingValidationException">The set's name is not valid, or a key is missing or given twice; nothing is written.</exception>
    Task<ReconcileResult> ReconcileAsync(JobSet set, ReconcileOptions? options = null, CancellationToken ct = default);

    /// <summary>Reads a job.</summary>
    /// <param name="job">The job's id or key.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The job, or null.</returns>
    ValueTask<Job?> GetAsync(JobRef job, CancellationToken ct = default);

    /// <summary>Reads the tenant's jobs page by page, oldest first. Jobs that are created meanwhile come last; nothing is shown twice.</summary>
    /// <param name="pageSize">The most jobs of a page, 1-1,000. Default 100.</param>
    /// <param name="cursor">The cursor of the page before; null for the first page.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidCursorException">The cursor is not from this call, tenant and question.</exception>
    ValueTask<Page<Job>> ListAsync(int pageSize = 100, string? cursor = null, CancellationToken ct = default);

    /// <summary>Reads the tenant's jobs page by page: which ones and in which order.</summary>
    /// <param name="query">The question.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The page.</returns>
    /// <exception cref="SchedulingValidationException">A text of the filter is too long or malformed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The page size or the order is not allowed.</exception>
    /// <exception cref="InvalidCursorException">The cursor is not from this call, tenant and question.</exception>
    ValueTask<Page<Job>> ListAsync(JobQuery query, CancellationToken ct = default);

    /// <summary>Counts the tenant's jobs by executor, state and the status of their last run. Reads every job of the tenant.</summary>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>One row for each combination that there is, ordered by executor.</returns>
    ValueTask<IReadOnlyList<JobCount>> CountAsync(CancellationToken ct = default);

    /// <summary>Changes the fields of a job that are set. The same values change nothing.</summary>
    /// <param name="job">The job's id or key.</param>
    /// <param name="change">The fields to set.</param>
    /// <param name="expectedVersion">The version the job must have; null for any.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The job as stored.</returns>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    /// <exception cref="JobConflictException">The job has another version; the exception carries it as it is.</exception>
    /// <exception cref="SchedulingValidationException">The job would break a rule; nothing changes.</exception>
    /// <exception cref="AdmissionException">The operator's rules do not allow the tenant this change; nothing changes.</exception>
    ValueTask<Job> UpdateAsync(JobRef job, JobChange change, long? expectedVersion = null, CancellationToken ct = default);

    /// <summary>Changes a job by what it is now: reads it, asks for the change and writes it if nobody was faster; else again.</summary>
    /// <param name="job">The job's id or key.</param>
    /// <param name="change">Gives the change for the job as read; may be called several times.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The job as stored.</returns>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    /// <exception cref="JobConflictException">Others were faster ten times in a row.</exception>
    /// <exception cref="SchedulingValidationException">The job would break a rule; nothing changes.</exception>
    /// <exception cref="AdmissionException">The operator's rules do not allow the tenant this change; nothing changes.</exception>
    ValueTask<Job> UpdateAsync(JobRef job, Func<Job, JobChange> change, CancellationToken ct = default);

    /// <summary>Deletes a job: its key is free at once, what is pending is cancelled, a running one ends and settles, its history goes with it.</summary>
    /// <param name="job">The job's id or key.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Whether there was such a job; a second delete returns false.</returns>
    ValueTask<bool> DeleteAsync(JobRef job, CancellationToken ct = default);

    /// <summary>Deletes a job that nobody has changed since it was read.</summary>
    /// <param name="job">The job's id or key.</param>
    /// <param name="expectedVersion">The version the job must have.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>Whether there was such a job.</returns>
    /// <exception cref="JobConflictException">The job has another version; nothing is deleted, and the exception carries it as it is.</exception>
    ValueTask<bool> DeleteAsync(JobRef job, long expectedVersion, CancellationToken ct = default);

    /// <summary>Asks for a run now, also of an inactive or disabled job. It moves no slot.</summary>
    /// <param name="job">The job's id or key.</param>
    /// <param name="idempotencyKey">The same key for the same job gives the same execution, so that a repeated request is safe; 1-128 characters, null for a new run each time.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The execution, pending.</returns>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    /// <exception cref="AdmissionException">The tenant asks for runs more often than the operator allows.</exception>
    /// <exception cref="JobsPausedException">The tenant or the executor is paused; the exception carries the pause.</exception>
    /// <exception cref="JobAlreadyRunningException">The job's overlap policy allows no further execution; the exception carries the one in the way.</exception>
    ValueTask<Execution> RunNowAsync(JobRef job, string? idempotencyKey = null, CancellationToken ct = default);

    /// <summary>Pauses a job: no further scheduled runs until it is resumed, or until a time. A running one goes on; run-now works.</summary>
    /// <param name="job">The job's id or key.</param>
    /// <param name="by">Who asks for it, or null.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="until">When the pause ends by itself, after now; null for "until resumed".</param>
    /// <param name="expectedVersion">The version the job must have; null for any.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The job as stored.</returns>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    /// <exception cref="JobConflictException">The job has another version; the exception carries it as it is.</exception>
    /// <exception cref="SchedulingValidationException"><paramref name="until"/> is not after the store's now.</exception>
    ValueTask<Job> PauseAsync(JobRef job, string? by = null, string? reason = null, Instant? until = null, long? expectedVersion = null, CancellationToken ct = default);

    /// <summary>Ends a pause: the job goes on from now. What passed meanwhile is one row of its history and starts nothing.</summary>
    /// <param name="job">The job's id or key.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The job as stored.</returns>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    ValueTask<Job> ResumeAsync(JobRef job, CancellationToken ct = default);

    /// <summary>Ends the pause of a job that nobody has changed since it was read.</summary>
    /// <param name="job">The job's id or key.</param>
    /// <param name="expectedVersion">The version the job must have.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The job as stored.</returns>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    /// <exception cref="JobConflictException">The job has another version; the exception carries it as it is.</exception>
    ValueTask<Job> ResumeAsync(JobRef job, long expectedVersion, CancellationToken ct = default);

    /// <summary>
    /// Tells why a slot of a job ran, ran late, was skipped, was missed or has not run yet: who paused it and until when, which execution was in the way, which limit holds it, whether a node has its executor. Reads a few rows and
    /// writes nothing.
    /// </summary>
    /// <param name="job">The job's id or key.</param>
    /// <param name="slot">The slot (<see cref="Job.NextSlot"/>, <see cref="Execution.ScheduledFor"/>); another instant is answered with the nearest slots.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>The answer; its text is a sentence for people.</returns>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    ValueTask<SlotAnswer> WhyAsync(JobRef job, Instant slot, CancellationToken ct = default);
}
