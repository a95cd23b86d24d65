using NodaTime;
using Scheduling.Planning;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>One tenant's jobs on a store: builds the requests and turns outcomes into the contract's answers and exceptions.</summary>
internal sealed class TenantJobs : ITenantJobs
{
    private const int MostAttempts = 10;
    private readonly ISchedulingStore _store;
    private readonly JobEdits _edits;
    private readonly TimeProvider _time;

    public TenantJobs(ISchedulingStore store, JobEdits edits, TimeProvider time, TenantId tenant)
    {
        _time = time;
        _store = store;
        _edits = edits;
        Tenant = tenant;
        Executions = new TenantExecutions(store.Executions, tenant);
    }

    public TenantId Tenant { get; }

    public ITenantExecutions Executions { get; }

    public async ValueTask<Job> CreateAsync(JobDefinition definition, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var (reference, create) = Creation(definition);
        var response = await WriteAsync(reference, create, edit: null, expectedVersion: null, ct).ConfigureAwait(false);
        return response.Outcome == WriteJobOutcome.Exists ? throw new JobExistsException(response.Job!) : response.Job!;
    }

    public async ValueTask<Job> EnsureAsync(JobDefinition definition, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        IdentityText.Require(definition.Key, "key");
        var (reference, create) = Creation(definition);
        var response = await WriteAsync(reference, create, (job, now) => _edits.Ensure(job, definition, now), expectedVersion: null, ct).ConfigureAwait(false);
        return response.Job!;
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
        var response = await WriteAsync(job, create: null, (stored, now) => _edits.Change(stored, change, now), expectedVersion, ct).ConfigureAwait(false);
        return response.Outcome == WriteJobOutcome.VersionConflict ? throw new JobConflictException(response.Job!, expectedVersion!.Value) : Found(response, job);
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

    public ValueTask<bool> DeleteAsync(JobRef job, CancellationToken ct = default) =>
        _store.Jobs.DeleteAsync(new DeleteJobRequest { Tenant = Tenant, Job = job, Overdue = _edits.Delete }, ct);

    public async ValueTask<Execution> RunNowAsync(JobRef job, string? idempotencyKey = null, CancellationToken ct = default)
    {
        if (idempotencyKey is not null)
            IdentityText.Require(idempotencyKey, "idempotencyKey");
        var request = new EnqueueRequest { Tenant = Tenant, Job = job, IdempotencyKey = idempotencyKey };
        var response = await _store.Executions.EnqueueAsync(request, ct).ConfigureAwait(false);
        return response.Outcome switch
        {
            EnqueueOutcome.NotFound => throw new JobNotFoundException(Tenant, job),
            EnqueueOutcome.Paused => throw new JobsPausedException(response.Pause!),
            EnqueueOutcome.AlreadyRunning => throw new JobAlreadyRunningException(response.Execution!),
            _ => response.Execution!,
        };
    }

    public async ValueTask<Job> PauseAsync(JobRef job, string? by = null, string? reason = null, Instant? until = null, CancellationToken ct = default)
    {
        var pause = Pause.Asked(by, reason, until);
        return Found(await WriteAsync(job, create: null, (stored, now) => _edits.Pause(stored, pause, now), expectedVersion: null, ct).ConfigureAwait(false), job);
    }

    public async ValueTask<Job> ResumeAsync(JobRef job, CancellationToken ct = default) =>
        Found(await WriteAsync(job, create: null, _edits.Resume, expectedVersion: null, ct).ConfigureAwait(false), job);

    /// <summary>How a creation finds the job it may meet: by key, or by the new id, which nobody has.</summary>
    private (JobRef Reference, Func<Instant, Job> Create) Creation(JobDefinition definition)
    {
        var id = JobId.New(Instant.FromDateTimeOffset(_time.GetUtcNow()));
        JobRef reference = definition.Key is { } key ? key : id;
        var own = definition with { Source = null };
        return (reference, now => _edits.Create(Tenant, id, own, now));
    }

    private ValueTask<WriteJobResponse> WriteAsync(
        JobRef job, Func<Instant, Job>? create, Func<Job, Instant, JobEdit>? edit, long? expectedVersion, CancellationToken ct) =>
        _store.Jobs.WriteAsync(new WriteJobRequest { Tenant = Tenant, Job = job, Create = create, Edit = edit, ExpectedVersion = expectedVersion }, ct);

    private Job Found(WriteJobResponse response, JobRef job) =>
        response.Outcome == WriteJobOutcome.NotFound ? throw new JobNotFoundException(Tenant, job) : response.Job!;
}
