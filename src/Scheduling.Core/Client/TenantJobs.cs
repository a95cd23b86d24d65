using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>One tenant's jobs on a store: builds the requests and turns outcomes into the contract's answers and exceptions.</summary>
internal sealed class TenantJobs : ITenantJobs
{
    private const int MostAttempts = 10;
    private readonly SchedulerParts _parts;
    private readonly ISchedulingStore _store;
    private readonly JobEdits _edits;
    private readonly Admission _admission;

    public TenantJobs(SchedulerParts parts, TenantId tenant)
    {
        (_parts, _store, _edits, _admission) = (parts, parts.Store, parts.Edits, parts.Admission);
        Tenant = tenant;
        Executions = new TenantExecutions(_store.Executions, tenant);
        Secrets = new TenantSecrets(_store.Secrets, parts.Secrets, tenant);
    }

    public TenantId Tenant { get; }

    public ITenantExecutions Executions { get; }

    public ITenantSecrets Secrets { get; }

    public async ValueTask<Job> CreateAsync(JobDefinition definition, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var rules = await _admission.RulesOfAsync(Tenant, ct).ConfigureAwait(false);
        var response = await WriteAsync(Creation(definition, rules), ct).ConfigureAwait(false);
        return response.Outcome == WriteJobOutcome.Exists ? throw new JobExistsException(response.Job!) : Created(response, rules);
    }

    public async ValueTask<Job> EnsureAsync(JobDefinition definition, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        IdentityText.Require(definition.Key, "key");
        var rules = await _admission.RulesOfAsync(Tenant, ct).ConfigureAwait(false);
        var request = Creation(definition, rules) with { Edit = (job, now) => Admitted(_edits.Ensure(job, definition, now), job, rules, now) };
        return Created(await WriteAsync(request, ct).ConfigureAwait(false), rules);
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
        var rules = await _admission.RulesOfAsync(Tenant, ct).ConfigureAwait(false);
        var request = Edit(job, (stored, now) => Admitted(_edits.Change(stored, change, now), stored, rules, now)) with { ExpectedVersion = expectedVersion };
        var response = await WriteAsync(request, ct).ConfigureAwait(false);
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
        _admission.RequireRunNow(await _admission.RulesOfAsync(Tenant, ct).ConfigureAwait(false), Tenant);
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
        return Found(await WriteAsync(Edit(job, (stored, now) => _edits.Pause(stored, pause, now)), ct).ConfigureAwait(false), job);
    }

    public async ValueTask<Job> ResumeAsync(JobRef job, CancellationToken ct = default) =>
        Found(await WriteAsync(Edit(job, _edits.Resume), ct).ConfigureAwait(false), job);

    /// <summary>A creation finds the job it may meet by key, or by the new id, which nobody has.</summary>
    private WriteJobRequest Creation(JobDefinition definition, AdmissionRules rules)
    {
        var id = JobId.New(Instant.FromDateTimeOffset(_parts.Time.GetUtcNow()));
        var own = definition with { Source = null };
        return new WriteJobRequest
        {
            Tenant = Tenant,
            Job = definition.Key is { } key ? key : id,
            MaximumJobs = rules.MaximumJobs,
            Create = now =>
            {
                var job = _edits.Create(Tenant, id, own, now);
                _admission.Require(rules, before: null, job, now);
                return job;
            },
        };
    }

    private WriteJobRequest Edit(JobRef job, Func<Job, Instant, JobEdit> edit) => new() { Tenant = Tenant, Job = job, Edit = edit };

    private JobEdit Admitted(JobEdit edit, Job stored, AdmissionRules rules, Instant now)
    {
        if (edit.IsChange)
            _admission.Require(rules, stored, edit.Job, now);
        return edit;
    }

    private ValueTask<WriteJobResponse> WriteAsync(WriteJobRequest request, CancellationToken ct) => _store.Jobs.WriteAsync(request, ct);

    private Job Created(WriteJobResponse response, AdmissionRules rules) =>
        response.Outcome == WriteJobOutcome.TooMany ? throw new AdmissionException(Tenant, [AdmissionCheck.TooManyJobs(rules.MaximumJobs!.Value, response.JobCount)]) : response.Job!;

    private Job Found(WriteJobResponse response, JobRef job) =>
        response.Outcome == WriteJobOutcome.NotFound ? throw new JobNotFoundException(Tenant, job) : response.Job!;
}
