using NodaTime;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>Bulk writes of one tenant's jobs.</summary>
internal sealed class TenantBulk : ITenantBulk
{
    private const int MostAttempts = 10;
    private readonly SchedulerParts _parts;
    private readonly TenantId _tenant;

    public TenantBulk(SchedulerParts parts, TenantId tenant) => (_parts, _tenant) = (parts, tenant);

    public async Task<BulkResult> UpdateAsync(JobSelection jobs, JobChange change, BulkOptions? options = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var writer = await JobWriter.OpenAsync(_parts, _tenant, ct).ConfigureAwait(false);
        return await RunAsync(jobs, options, (job, token) => WriteAsync(job, jobs.VersionOf(job), version => writer.ChangeAsync(job, change, version, token)), ct).ConfigureAwait(false);
    }

    public async Task<BulkResult> UpdateAsync(JobSelection jobs, Func<Job, JobChange> change, BulkOptions? options = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var writer = await JobWriter.OpenAsync(_parts, _tenant, ct).ConfigureAwait(false);
        return await RunAsync(jobs, options, (job, token) => ChangeByAsync(writer, job, jobs.VersionOf(job), change, token), ct).ConfigureAwait(false);
    }

    public Task<BulkResult> PauseAsync(JobSelection jobs, string? by = null, string? reason = null, Instant? until = null, BulkOptions? options = null, CancellationToken ct = default)
    {
        var (writer, pause) = (JobWriter.WithoutRules(_parts, _tenant), Pause.Asked(by, reason, until));
        return RunAsync(jobs, options, (job, token) => WriteAsync(job, jobs.VersionOf(job), version => writer.PauseAsync(job, pause, version, token)), ct);
    }

    public Task<BulkResult> ResumeAsync(JobSelection jobs, BulkOptions? options = null, CancellationToken ct = default)
    {
        var writer = JobWriter.WithoutRules(_parts, _tenant);
        return RunAsync(jobs, options, (job, token) => WriteAsync(job, jobs.VersionOf(job), version => writer.ResumeAsync(job, version, token)), ct);
    }

    public Task<BulkResult> DeleteAsync(JobSelection jobs, BulkOptions? options = null, CancellationToken ct = default)
    {
        var writer = JobWriter.WithoutRules(_parts, _tenant);
        return RunAsync(jobs, options, (job, token) => DeleteAsync(writer, job, jobs.VersionOf(job), token), ct);
    }

    public async Task<BulkResult> RunNowAsync(JobSelection jobs, string? idempotencyKey = null, BulkOptions? options = null, CancellationToken ct = default)
    {
        if (idempotencyKey is not null)
            IdentityText.Require(idempotencyKey, "idempotencyKey");
        var writer = await JobWriter.OpenAsync(_parts, _tenant, ct).ConfigureAwait(false);
        return await RunAsync(jobs, options, (job, token) => EnqueueAsync(writer, job, idempotencyKey, token), ct).ConfigureAwait(false);
    }

    private Task<BulkResult> RunAsync(JobSelection jobs, BulkOptions? options, Func<JobRef, CancellationToken, ValueTask<BulkItem>> act, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        options ??= new BulkOptions();
        options.Require();
        return BulkCall.RunAsync(new SelectedJobs(_parts.Store.Jobs, _tenant, jobs, options), options, act, ct);
    }

    private static async ValueTask<BulkItem> WriteAsync(JobRef job, long? version, Func<long?, ValueTask<WriteJobResponse>> write)
    {
        try
        {
            var item = ItemOf(job, await write(version).ConfigureAwait(false));
            return item.Outcome == BulkOutcome.Conflict ? item with { Error = new JobConflictException(item.Job!, version!.Value) } : item;
        }
        catch (Exception refusal) when (refusal is SchedulingValidationException or AdmissionException)
        {
            return Refused(job, refusal);
        }
    }

    private async ValueTask<BulkItem> ChangeByAsync(JobWriter writer, JobRef job, long? version, Func<Job, JobChange> change, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await _parts.Store.Jobs.GetAsync(_tenant, job, ct).ConfigureAwait(false) is not { } current)
                return new BulkItem { Requested = job, Outcome = BulkOutcome.NotFound };
            if (version is { } read && read != current.Version)
                return Conflict(job, current, read);
            var item = await WriteAsync(job, current.Version, expected => writer.ChangeAsync(job, change(current), expected, ct)).ConfigureAwait(false);
            if (item.Outcome != BulkOutcome.Conflict || attempt == MostAttempts)
                return item;
        }
    }

    private static async ValueTask<BulkItem> DeleteAsync(JobWriter writer, JobRef job, long? version, CancellationToken ct)
    {
        try
        {
            var isDeleted = await writer.DeleteAsync(job, version, ct).ConfigureAwait(false);
            return new BulkItem { Requested = job, Outcome = isDeleted ? BulkOutcome.Changed : BulkOutcome.NotFound };
        }
        catch (JobConflictException conflict)
        {
            return Conflict(job, conflict.Current, conflict.ExpectedVersion);
        }
    }

    private static async ValueTask<BulkItem> EnqueueAsync(JobWriter writer, JobRef job, string? idempotencyKey, CancellationToken ct)
    {
        try
        {
            return ItemOf(job, await writer.EnqueueAsync(job, idempotencyKey, ct).ConfigureAwait(false));
        }
        catch (AdmissionException refusal)
        {
            return Refused(job, refusal);
        }
    }

    private static BulkItem ItemOf(JobRef job, WriteJobResponse response) => new()
    {
        Requested = job,
        Job = response.Job,
        Outcome = response.Outcome switch
        {
            WriteJobOutcome.Unchanged => BulkOutcome.Unchanged,
            WriteJobOutcome.NotFound => BulkOutcome.NotFound,
            WriteJobOutcome.VersionConflict => BulkOutcome.Conflict,
            _ => BulkOutcome.Changed,
        },
    };

    private static BulkItem ItemOf(JobRef job, EnqueueResponse response) => response.Outcome switch
    {
        EnqueueOutcome.NotFound => new BulkItem { Requested = job, Outcome = BulkOutcome.NotFound },
        EnqueueOutcome.Paused => Refused(job, new JobsPausedException(response.Pause!)),
        EnqueueOutcome.AlreadyRunning => Refused(job, new JobAlreadyRunningException(response.Execution!)) with { Execution = response.Execution },
        EnqueueOutcome.Repeated => new BulkItem { Requested = job, Outcome = BulkOutcome.Unchanged, Execution = response.Execution },
        _ => new BulkItem { Requested = job, Outcome = BulkOutcome.Changed, Execution = response.Execution },
    };

    private static BulkItem Conflict(JobRef job, Job current, long expected) =>
        new() { Requested = job, Outcome = BulkOutcome.Conflict, Job = current, Error = new JobConflictException(current, expected) };

    private static BulkItem Refused(JobRef job, Exception refusal) => new() { Requested = job, Outcome = BulkOutcome.Refused, Error = refusal };
}
