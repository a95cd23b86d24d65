using System.Diagnostics;
using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>Builds one tenant's writes, with what the operator allows it: the store decides nothing by itself. What a write led to comes back as an outcome.</summary>
/// <remarks>Immutable and thread-safe; made for a call or a batch of calls, because it holds the rules as they were then.</remarks>
internal sealed class JobWriter
{
    private readonly SchedulerParts _parts;
    private readonly AdmissionRules _rules;

    private JobWriter(SchedulerParts parts, TenantId tenant, AdmissionRules rules) => (_parts, Tenant, _rules) = (parts, tenant, rules);

    public TenantId Tenant { get; }

    /// <summary>Asks for the tenant's rules.</summary>
    public static async ValueTask<JobWriter> OpenAsync(SchedulerParts parts, TenantId tenant, CancellationToken ct) =>
        new(parts, tenant, await parts.Admission.RulesOfAsync(tenant, ct).ConfigureAwait(false));

    /// <summary>For writes that no rule is about, so that they do not depend on whoever knows the rules.</summary>
    public static JobWriter WithoutRules(SchedulerParts parts, TenantId tenant) => new(parts, tenant, AdmissionRules.None);

    /// <exception cref="AdmissionException">The rules do not allow it.</exception>
    public ValueTask<WriteJobResponse> CreateAsync(JobDefinition definition, CancellationToken ct) => WriteAsync(Creation(definition), ct);

    /// <summary>A creation that meets the job that it made before answers Unchanged.</summary>
    /// <exception cref="AdmissionException">The rules do not allow it.</exception>
    public async ValueTask<WriteJobResponse> CreateAsync(JobDefinition definition, string idempotencyKey, CancellationToken ct)
    {
        var mark = new CreationMark(Tenant, idempotencyKey, definition.Key);
        var response = await WriteAsync(Creation(definition with { Key = mark.Key }, mark.NewId(_parts.Now)), ct).ConfigureAwait(false);
        return response.Outcome == WriteJobOutcome.Exists && mark.IsOf(response.Job!) ? response with { Outcome = WriteJobOutcome.Unchanged } : response;
    }

    /// <exception cref="AdmissionException">The rules do not allow it.</exception>
    public ValueTask<WriteJobResponse> EnsureAsync(JobDefinition definition, CancellationToken ct) =>
        WriteAsync(Creation(definition) with { Edit = Admitted((job, now) => _parts.Edits.Ensure(job, definition, now)) }, ct);

    /// <exception cref="AdmissionException">The rules do not allow it.</exception>
    public ValueTask<WriteJobResponse> ChangeAsync(JobRef job, JobChange change, long? expectedVersion, CancellationToken ct) =>
        WriteAsync(Edit(job, Admitted((stored, now) => _parts.Edits.Change(stored, change, now))) with { ExpectedVersion = expectedVersion }, ct);

    public ValueTask<WriteJobResponse> PauseAsync(JobRef job, Pause pause, long? expectedVersion, CancellationToken ct) =>
        WriteAsync(Edit(job, (stored, now) => _parts.Edits.Pause(stored, pause, now)) with { ExpectedVersion = expectedVersion }, ct);

    public ValueTask<WriteJobResponse> ResumeAsync(JobRef job, long? expectedVersion, CancellationToken ct) =>
        WriteAsync(Edit(job, _parts.Edits.Resume) with { ExpectedVersion = expectedVersion }, ct);

    /// <exception cref="JobConflictException">The job has another version; nothing is deleted.</exception>
    public ValueTask<bool> DeleteAsync(JobRef job, long? expectedVersion, CancellationToken ct)
    {
        var request = new DeleteJobRequest
        {
            Tenant = Tenant,
            Job = job,
            Overdue = (stored, now) => expectedVersion is { } expected && expected != stored.Version ? throw new JobConflictException(stored, expected) : _parts.Edits.Delete(stored, now),
        };
        return _parts.Store.Jobs.DeleteAsync(request, ct);
    }

    /// <exception cref="AdmissionException">The tenant asks too often.</exception>
    public ValueTask<EnqueueResponse> EnqueueAsync(JobRef job, string? idempotencyKey, CancellationToken ct)
    {
        _parts.Admission.RequireRunNow(_rules, Tenant);
        return _parts.Store.Executions.EnqueueAsync(new EnqueueRequest { Tenant = Tenant, Job = job, IdempotencyKey = idempotencyKey, TraceParent = TraceParent() }, ct);
    }

    /// <summary>
    /// Makes a job what it was elsewhere: a new one with its pause, from now on; one that is there as <see cref="EnsureAsync"/> does it. An anchor that is the one which the job got by itself is none that somebody set.
    /// </summary>
    public WriteJobRequest Restoring(JobDefinition definition, Pause? pause)
    {
        var creation = Creation(definition with { Active = true });
        var stopped = Creation(definition with { Active = false });
        return creation with
        {
            Create = now => IsStopped(definition, pause, now) ? With(pause, stopped.Create!(now), now) : creation.Create!(now),
            Edit = Admitted((stored, now) => _parts.Edits.Ensure(stored, stored.Definition.Anchor is null && definition.Anchor == stored.Anchor ? definition with { Anchor = null } : definition, now)),
        };
    }

    // A pause that is over by now paused nothing for good, whatever the active flag said then.
    private static bool IsStopped(JobDefinition definition, Pause? pause, Instant now) => pause is null ? !definition.Active : !(pause.Until <= now);

    private static Job With(Pause? pause, Job job, Instant now) => pause is null ? job : job with { Pause = pause with { Since = now } };

    // Other formats of ids cannot be linked to.
    private static string? TraceParent() => Activity.Current is { IdFormat: ActivityIdFormat.W3C } asking ? asking.Id : null;

    /// <summary>A creation finds the job it may meet by key, or by the new id, which nobody has.</summary>
    private WriteJobRequest Creation(JobDefinition definition) => Creation(definition, JobId.New(_parts.Now));

    private WriteJobRequest Creation(JobDefinition definition, JobId id)
    {
        var own = definition.Source is null ? definition : definition with { Source = null };
        return new WriteJobRequest
        {
            Tenant = Tenant,
            Job = definition.Key is { } key ? key : id,
            MaximumJobs = _rules.MaximumJobs,
            Create = now =>
            {
                var job = _parts.Edits.Create(Tenant, id, own, now);
                _parts.Admission.Require(_rules, before: null, job, now);
                return job;
            },
        };
    }

    private WriteJobRequest Edit(JobRef job, Func<Job, Instant, JobEdit> edit) => new() { Tenant = Tenant, Job = job, Edit = edit };

    private Func<Job, Instant, JobEdit> Admitted(Func<Job, Instant, JobEdit> edit) => (stored, now) =>
    {
        var edited = edit(stored, now);
        if (edited.IsChange)
            _parts.Admission.Require(_rules, stored, edited.Job, now);
        return edited;
    };

    /// <exception cref="AdmissionException">The tenant has as many jobs as it may have.</exception>
    public async ValueTask<WriteJobResponse> WriteAsync(WriteJobRequest request, CancellationToken ct)
    {
        var response = await _parts.Store.Jobs.WriteAsync(request, ct).ConfigureAwait(false);
        return response.Outcome == WriteJobOutcome.TooMany
            ? throw new AdmissionException(Tenant, [AdmissionCheck.TooManyJobs(request.MaximumJobs!.Value, response.JobCount)])
            : response;
    }
}
