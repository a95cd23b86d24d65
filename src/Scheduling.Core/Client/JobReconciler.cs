using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;
using Scheduling.Storage;

namespace Scheduling;

/// <summary>Makes a tenant's jobs of one set equal to the set, job by job; what others own and what operators set stays.</summary>
internal sealed class JobReconciler
{
    private const int PageSize = 500;
    private readonly SchedulerParts _parts;
    private readonly TenantId _tenant;
    private readonly JobSet _set;
    private readonly ReconcileOptions _options;
    private readonly JobSource _source;
    private readonly AdmissionRules _rules;

    private JobReconciler(SchedulerParts parts, TenantId tenant, JobSet set, ReconcileOptions options, AdmissionRules rules)
    {
        (_parts, _tenant, _set, _options, _rules) = (parts, tenant, set, options, rules);
        _source = new JobSource { Name = set.Name, Generation = set.Generation };
    }

    public static async Task<ReconcileResult> RunAsync(SchedulerParts parts, TenantId tenant, JobSet set, ReconcileOptions options, CancellationToken ct)
    {
        Require(set);
        var rules = await parts.Admission.RulesOfAsync(tenant, ct).ConfigureAwait(false);
        return await new JobReconciler(parts, tenant, set, options, rules).RunAsync(ct).ConfigureAwait(false);
    }

    private static void Require(JobSet set)
    {
        var errors = new List<ValidationError>();
        Add(errors, IdentityText.Check(set.Name, "name"));
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var definition in set.Jobs)
        {
            if (IdentityText.Check(definition.Key, "key") is { } error)
                errors.Add(error);
            else if (!keys.Add(definition.Key!))
                errors.Add(new ValidationError { Field = "key", Given = IdentityText.Shorten(definition.Key!), Allowed = "a key of its own for each job", Message = $"key '{IdentityText.Shorten(definition.Key!)}' is in the set twice: give each job a key of its own." });
        }
        JobDefinitionRules.Require(errors);
    }

    private static void Add(List<ValidationError> errors, ValidationError? error)
    {
        if (error is not null)
            errors.Add(error);
    }

    private async Task<ReconcileResult> RunAsync(CancellationToken ct)
    {
        var owned = await OwnedAsync(ct).ConfigureAwait(false);
        var newest = owned.Max(static job => (long?)job.Definition.Source!.Generation);
        if (newest > _set.Generation)
            return new ReconcileResult([], newest);
        var items = new List<ReconcileItem>(_set.Jobs.Count);
        foreach (var definition in _set.Jobs)
            items.Add(await WriteAsync(definition, ct).ConfigureAwait(false));
        if (!_options.Prunes)
            return new ReconcileResult(items, newerGeneration: null);
        var kept = _set.Jobs.Select(static definition => definition.Key!).ToHashSet(StringComparer.Ordinal);
        foreach (var job in owned.Where(job => !kept.Contains(job.Key)))
        {
            if (await DeleteAsync(job, ct).ConfigureAwait(false) is { } item)
                items.Add(item);
        }
        return new ReconcileResult(items, newerGeneration: null);
    }

    private async Task<List<Job>> OwnedAsync(CancellationToken ct)
    {
        var owned = new List<Job>();
        var request = new ListJobsRequest { Tenant = _tenant, Size = PageSize };
        while (true)
        {
            var page = await _parts.Store.Jobs.ListAsync(request, ct).ConfigureAwait(false);
            owned.AddRange(page.Where(job => IsOurs(job.Definition.Source)));
            if (page.Count < PageSize)
                return owned;
            request = request with { After = new JobPosition { Id = page[^1].Id } };
        }
    }

    private bool IsOurs(JobSource? source) => string.Equals(source?.Name, _set.Name, StringComparison.Ordinal);

    private async ValueTask<ReconcileItem> WriteAsync(JobDefinition definition, CancellationToken ct)
    {
        var item = new ReconcileItem { Key = definition.Key! };
        var request = new WriteJobRequest
        {
            Tenant = _tenant,
            Job = definition.Key!,
            MaximumJobs = _rules.MaximumJobs,
            Create = now =>
            {
                var job = Created(definition, now);
                item = item with { Action = ReconcileAction.Created, Before = null, After = job };
                return _options.IsDryRun ? throw new PreviewOnlyException() : job;
            },
            Edit = (stored, now) =>
            {
                var (action, edit) = Edited(stored, definition, now);
                item = item with { Action = action, Before = stored, After = edit.Job };
                return _options.IsDryRun ? new JobEdit { Job = stored, IsChange = false } : edit;
            },
        };
        try
        {
            var response = await _parts.Store.Jobs.WriteAsync(request, ct).ConfigureAwait(false);
            if (response.Outcome == WriteJobOutcome.TooMany)
                return Refused(definition, new AdmissionException(_tenant, [AdmissionCheck.TooManyJobs(_rules.MaximumJobs!.Value, response.JobCount)]));
            return _options.IsDryRun ? item : item with { After = response.Job };
        }
        catch (PreviewOnlyException)
        {
            return item;
        }
        catch (Exception refusal) when (refusal is SchedulingValidationException or AdmissionException)
        {
            return Refused(definition, refusal);
        }
    }

    private Job Created(JobDefinition definition, Instant now)
    {
        var id = JobId.New(_parts.Now);
        var job = _parts.Edits.Create(_tenant, id, definition with { Source = _source }, now);
        _parts.Admission.Require(_rules, before: null, job, now);
        return job;
    }

    private (ReconcileAction Action, JobEdit Edit) Edited(Job stored, JobDefinition definition, Instant now)
    {
        var source = stored.Definition.Source;
        if ((source is null && !_options.Adopts) || (source is not null && !IsOurs(source)) || source?.Generation > _set.Generation)
            return (ReconcileAction.Conflict, new JobEdit { Job = stored, IsChange = false });
        var edit = _parts.Edits.Ensure(stored, definition, now);
        if (edit.IsChange)
            _parts.Admission.Require(_rules, stored, edit.Job, now);
        if (source == _source)
            return (edit.IsChange ? ReconcileAction.Updated : ReconcileAction.Unchanged, edit);

        // Which generation had it last is part of the definition, and so a version of its own: stores may keep what they read of a version.
        var noted = edit with { Job = edit.Job with { Definition = edit.Job.Definition with { Source = _source }, Version = stored.Version + 1, UpdatedAt = now }, IsChange = true };
        return (edit.IsChange || source is null ? ReconcileAction.Updated : ReconcileAction.Unchanged, noted);
    }

    /// <summary>Deletes a job that is still the set's and not of a newer generation; null when it is not.</summary>
    private async ValueTask<ReconcileItem?> DeleteAsync(Job job, CancellationToken ct)
    {
        var item = new ReconcileItem { Key = job.Key, Action = ReconcileAction.Deleted, Before = job };
        if (_options.IsDryRun)
            return item;
        var request = new DeleteJobRequest
        {
            Tenant = _tenant,
            Job = job.Id,
            Overdue = (stored, now) => IsOurs(stored.Definition.Source) && stored.Definition.Source!.Generation <= _set.Generation
                ? _parts.Edits.Delete(stored, now)
                : throw new PreviewOnlyException(),
        };
        try
        {
            return await _parts.Store.Jobs.DeleteAsync(request, ct).ConfigureAwait(false) ? item : null;
        }
        catch (PreviewOnlyException)
        {
            // Somebody reconciled a newer generation meanwhile, and that one keeps it.
            return null;
        }
    }

    private static ReconcileItem Refused(JobDefinition definition, Exception refusal) => new() { Key = definition.Key!, Action = ReconcileAction.Refused, Error = refusal };
}
