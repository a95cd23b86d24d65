using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>Tries a write with the store's own now and the very rules that would decide it, and takes it back.</summary>
internal sealed class JobPreviewer
{
    private readonly SchedulerParts _parts;
    private readonly TenantId _tenant;
    private readonly JobDefinition _definition;
    private readonly AdmissionRules _rules;
    private Job? _existing;
    private Job? _job;
    private Instant _now;

    private JobPreviewer(SchedulerParts parts, TenantId tenant, JobDefinition definition, AdmissionRules rules) =>
        (_parts, _tenant, _definition, _rules) = (parts, tenant, definition, rules);

    public static async ValueTask<JobPreview> ReadAsync(SchedulerParts parts, TenantId tenant, JobDefinition definition, int count, CancellationToken ct)
    {
        var rules = await parts.Admission.RulesOfAsync(tenant, ct).ConfigureAwait(false);
        var previewer = new JobPreviewer(parts, tenant, definition, rules);
        try
        {
            await previewer.TryAsync(ct).ConfigureAwait(false);
        }
        catch (SchedulingValidationException invalid)
        {
            return new JobPreview { Existing = previewer._existing, Errors = invalid.Errors };
        }
        return await previewer.DescribeAsync(count, ct).ConfigureAwait(false);
    }

    private async ValueTask TryAsync(CancellationToken ct)
    {
        var id = JobId.New(_parts.Now);
        var request = new WriteJobRequest
        {
            Tenant = _tenant,
            Job = _definition.Key is { } key ? key : id,
            Create = now =>
            {
                (_existing, _job, _now) = (null, _parts.Edits.Create(_tenant, id, _definition with { Source = null }, now), now);
                throw new PreviewOnlyException();
            },
            Edit = (stored, now) =>
            {
                _existing = stored;
                (_job, _now) = (_parts.Edits.Ensure(stored, _definition, now).Job, now);
                return new JobEdit { Job = stored, IsChange = false };
            },
        };
        try
        {
            await _parts.Store.Jobs.WriteAsync(request, ct).ConfigureAwait(false);
        }
        catch (PreviewOnlyException)
        {
            // It would have been created.
        }
    }

    private async ValueTask<JobPreview> DescribeAsync(int count, CancellationToken ct)
    {
        var job = _job!;
        var context = _parts.Planner.ContextOf(_tenant, job.Definition, job.Anchor);
        var running = _parts.Edits.Resume(job, _now).Job;
        var wide = await _parts.Store.Pauses.ListAsync(new ListPausesRequest { Tenant = _tenant, Executor = job.Executor, Size = 1 }, ct).ConfigureAwait(false);
        return new JobPreview
        {
            Job = job,
            Existing = _existing,
            Description = job.Schedule.Describe(context),
            Runs = running.NextRunAt is { } from ? job.Schedule.Preview(count, from, context) : [],
            Refusals = await RefusalsAsync(job, ct).ConfigureAwait(false),
            Warnings = JobWarnings.Of(job, wide.Count > 0 ? wide[0] : null, _now),
        };
    }

    private async ValueTask<IReadOnlyList<AdmissionRefusal>> RefusalsAsync(Job job, CancellationToken ct)
    {
        var refusals = AdmissionCheck.Check(_rules, _existing, job, _parts.Planner, _now);
        if (_existing is not null || _rules.MaximumJobs is not { } maximum)
            return refusals;
        var counts = await _parts.Store.Jobs.CountAsync(_tenant, ct).ConfigureAwait(false);
        var jobs = (int)counts.Sum(static row => row.Count);
        if (jobs >= maximum)
            refusals.Add(AdmissionCheck.TooManyJobs(maximum, jobs));
        return refusals;
    }
}
