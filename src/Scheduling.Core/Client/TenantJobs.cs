using NodaTime;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>One tenant's jobs on a store: turns outcomes into the contract's answers and exceptions.</summary>
internal sealed class TenantJobs : ITenantJobs
{
    private const int MostAttempts = 10;
    private readonly SchedulerParts _parts;
    private readonly ISchedulingStore _store;

    public TenantJobs(SchedulerParts parts, TenantId tenant)
    {
        (_parts, _store) = (parts, parts.Store);
        Tenant = tenant;
        Executions = new TenantExecutions(_store.Executions, tenant);
        Secrets = new TenantSecrets(_store.Secrets, parts.Secrets, tenant);
        Bulk = new TenantBulk(parts, tenant);
        Transfer = new TenantTransfer(parts, tenant);
    }

    public TenantId Tenant { get; }

    public ITenantExecutions Executions { get; }

    public ITenantSecrets Secrets { get; }

    public ITenantBulk Bulk { get; }

    public ITenantTransfer Transfer { get; }

    public async ValueTask<Job> CreateAsync(JobDefinition definition, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var writer = await WriterAsync(ct).ConfigureAwait(false);
        var response = await writer.CreateAsync(definition, ct).ConfigureAwait(false);
        return response.Outcome == WriteJobOutcome.Exists ? throw new JobExistsException(response.Job!) : response.Job!;
    }

    public async ValueTask<Job> CreateAsync(JobDefinition definition, string idempotencyKey, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        IdentityText.Require(idempotencyKey, "idempotencyKey");
        var writer = await WriterAsync(ct).ConfigureAwait(false);
        var response = await writer.CreateAsync(definition, idempotencyKey, ct).ConfigureAwait(false);
        return response.Outcome == WriteJobOutcome.Exists ? throw new JobExistsException(response.Job!) : response.Job!;
    }

    public async ValueTask<Job> EnsureAsync(JobDefinition definition, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        IdentityText.Require(definition.Key, "key");
        var writer = await WriterAsync(ct).ConfigureAwait(false);
        return (await writer.EnsureAsync(definition, ct).ConfigureAwait(false)).Job!;
    }

    public ValueTask<JobPreview> PreviewAsync(JobDefinition definition, int count = 10, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Schedules.Schedule.LongestPreview);
        return JobPreviewer.ReadAsync(_parts, Tenant, definition, count, ct);
    }

    public Task<ReconcileResult> ReconcileAsync(JobSet set, ReconcileOptions? options = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        return JobReconciler.RunAsync(_parts, Tenant, set, options ?? new ReconcileOptions(), ct);
    }

    public ValueTask<Job?> GetAsync(JobRef job, CancellationToken ct = default) => _store.Jobs.GetAsync(Tenant, job, ct);

    public ValueTask<Page<Job>> ListAsync(int pageSize = 100, string? cursor = null, CancellationToken ct = default) =>
        ListAsync(new JobQuery { PageSize = pageSize, Cursor = cursor }, ct);

    public async ValueTask<Page<Job>> ListAsync(JobQuery query, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.Require();
        var question = query.Question(Tenant);
        var request = new ListJobsRequest
        {
            Tenant = Tenant,
            Filter = query.Filter,
            Order = query.OrderBy,
            IsDescending = query.IsDescending,
            After = JobCursor.Read(question, query.Cursor),
            Size = query.PageSize + 1,
        };
        var jobs = await _store.Jobs.ListAsync(request, ct).ConfigureAwait(false);
        return jobs.Count <= query.PageSize
            ? new Page<Job>(jobs, cursor: null)
            : new Page<Job>([.. jobs.Take(query.PageSize)], JobCursor.Write(question, JobPosition.Of(jobs[query.PageSize - 1], query.OrderBy)));
    }

    public ValueTask<IReadOnlyList<JobCount>> CountAsync(CancellationToken ct = default) => _store.Jobs.CountAsync(Tenant, ct);

    public async ValueTask<Job> UpdateAsync(JobRef job, JobChange change, long? expectedVersion = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var writer = await WriterAsync(ct).ConfigureAwait(false);
        var response = await writer.ChangeAsync(job, change, expectedVersion, ct).ConfigureAwait(false);
        return Written(response, job, expectedVersion);
    }

    public async ValueTask<Job> UpdateAsync(JobRef job, Func<Job, JobChange> change, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        for (var attempt = 1; ; attempt++)
        {
            var current = await GetAsync(job, ct).ConfigureAwait(false) ?? throw new JobNotFoundException(Tenant, job);
            try
            {
                return await UpdateAsync(job, change(current), current.Version, ct).ConfigureAwait(false);
            }
            catch (JobConflictException) when (attempt < MostAttempts)
            {
                // Somebody was faster: read again and ask for the change anew.
            }
        }
    }

    public ValueTask<bool> DeleteAsync(JobRef job, CancellationToken ct = default) => WithoutRules.DeleteAsync(job, expectedVersion: null, ct);

    public ValueTask<bool> DeleteAsync(JobRef job, long expectedVersion, CancellationToken ct = default) => WithoutRules.DeleteAsync(job, expectedVersion, ct);

    public async ValueTask<Execution> RunNowAsync(JobRef job, string? idempotencyKey = null, CancellationToken ct = default)
    {
        if (idempotencyKey is not null)
            IdentityText.Require(idempotencyKey, "idempotencyKey");
        var writer = await WriterAsync(ct).ConfigureAwait(false);
        var response = await writer.EnqueueAsync(job, idempotencyKey, ct).ConfigureAwait(false);
        return response.Outcome switch
        {
            EnqueueOutcome.NotFound => throw new JobNotFoundException(Tenant, job),
            EnqueueOutcome.Paused => throw new JobsPausedException(response.Pause!),
            EnqueueOutcome.AlreadyRunning => throw new JobAlreadyRunningException(response.Execution!),
            _ => response.Execution!,
        };
    }

    public async ValueTask<Job> PauseAsync(JobRef job, string? by = null, string? reason = null, Instant? until = null, long? expectedVersion = null, CancellationToken ct = default) =>
        Written(await WithoutRules.PauseAsync(job, Pause.Asked(by, reason, until), expectedVersion, ct).ConfigureAwait(false), job, expectedVersion);

    public async ValueTask<Job> ResumeAsync(JobRef job, CancellationToken ct = default) =>
        Written(await WithoutRules.ResumeAsync(job, expectedVersion: null, ct).ConfigureAwait(false), job, expectedVersion: null);

    public async ValueTask<Job> ResumeAsync(JobRef job, long expectedVersion, CancellationToken ct = default) =>
        Written(await WithoutRules.ResumeAsync(job, expectedVersion, ct).ConfigureAwait(false), job, expectedVersion);

    public ValueTask<SlotAnswer> WhyAsync(JobRef job, Instant slot, CancellationToken ct = default) => SlotInquiry.AskAsync(_parts, Tenant, job, slot, ct);

    private JobWriter WithoutRules => JobWriter.WithoutRules(_parts, Tenant);

    private ValueTask<JobWriter> WriterAsync(CancellationToken ct) => JobWriter.OpenAsync(_parts, Tenant, ct);

    private Job Written(WriteJobResponse response, JobRef job, long? expectedVersion) => response.Outcome switch
    {
        WriteJobOutcome.NotFound => throw new JobNotFoundException(Tenant, job),
        WriteJobOutcome.VersionConflict => throw new JobConflictException(response.Job!, expectedVersion!.Value),
        _ => response.Job!,
    };
}
