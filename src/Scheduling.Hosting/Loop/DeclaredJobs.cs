using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Scheduling.Hosting;

/// <summary>The jobs that the program wants to be there: written once each, again and again while the store does not take them.</summary>
/// <remarks>Used by one caller at a time; the counts may be read at any time.</remarks>
internal sealed class DeclaredJobs
{
    private readonly JobScheduler _scheduler;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly ILogger _logger;
    private readonly Queue<JobDeclaration> _waiting;
    private readonly Queue<JobSetDeclaration> _sets;
    private readonly int _count;
    private volatile int _left;
    private volatile int _refused;
    private bool _toldOfFailure;

    public DeclaredJobs(IEnumerable<JobDeclaration> jobs, IEnumerable<JobSetDeclaration> sets, JobScheduler scheduler, IOptions<SchedulingOptions> options, TimeProvider time, ILogger logger)
    {
        _scheduler = scheduler;
        _time = time;
        _timeout = options.Value.StoreTimeout;
        _logger = logger;
        _waiting = new(jobs);
        _sets = new(sets);
        _left = _waiting.Count + _sets.Count;
        _count = _waiting.Count + _sets.Sum(static set => set.Set.Jobs.Count);
    }

    /// <summary>How many jobs and sets of jobs are not written yet.</summary>
    public int Left => _left;

    /// <summary>How many jobs cannot be written, because they break a rule together with what is stored, or because a job of that key is somebody else's.</summary>
    public int Refused => _refused;

    /// <summary>Writes what is left, until one fails.</summary>
    /// <returns>What failed; null when nothing is left.</returns>
    public async ValueTask<Exception?> EnsureAsync(CancellationToken ct)
    {
        while (_waiting.TryDequeue(out var job))
        {
            if (await TryAsync(job, ct).ConfigureAwait(false) is { } failure)
                return failure;
            TellOfProgress();
        }
        while (_sets.TryDequeue(out var set))
        {
            if (await TryAsync(set, ct).ConfigureAwait(false) is { } failure)
                return failure;
            TellOfProgress();
        }
        return null;
    }

    private void TellOfProgress()
    {
        _left = _waiting.Count + _sets.Count;
        if (_left == 0)
            _logger.JobsEnsured(_count - _refused);
    }

    private async ValueTask<Exception?> TryAsync(JobDeclaration job, CancellationToken ct)
    {
        try
        {
            await _scheduler.ForTenant(job.Tenant).EnsureAsync(job.Definition, ct).AsTask().WaitAsync(_timeout, _time, ct).ConfigureAwait(false);
            return null;
        }
        catch (Exception refusal) when (refusal is SchedulingValidationException or AdmissionException)
        {
            _refused++;
            _logger.JobRefused(refusal, job.Definition.Key!, job.Tenant);
            return null;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // At the end of the queue: the next round begins with another one, so that a job the store cannot take keeps none of the others out.
            _waiting.Enqueue(job);
            if (IsFirstFailure())
                _logger.JobNotEnsured(failure, job.Definition.Key!, job.Tenant);
            return failure;
        }
    }

    private async ValueTask<Exception?> TryAsync(JobSetDeclaration set, CancellationToken ct)
    {
        // One call for each job, and some for reading what is there.
        var timeout = _timeout * (set.Set.Jobs.Count + 2);
        try
        {
            Tell(set, await _scheduler.ForTenant(set.Tenant).ReconcileAsync(set.Set, set.Options, ct).WaitAsync(timeout, _time, ct).ConfigureAwait(false));
            return null;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            _sets.Enqueue(set);
            if (IsFirstFailure())
                _logger.SetNotReconciled(failure, set.Set.Name, set.Tenant);
            return failure;
        }
    }

    private void Tell(JobSetDeclaration set, ReconcileResult result)
    {
        if (result.IsStale)
        {
            _logger.SetIsStale(set.Set.Name, set.Tenant, set.Set.Generation, result.NewerGeneration!.Value);
            return;
        }
        foreach (var item in result.Items)
        {
            if (item.Action == ReconcileAction.Refused)
                _logger.JobRefused(item.Error!, item.Key, set.Tenant);
            else if (item.Action == ReconcileAction.Conflict)
                _logger.JobIsNotOfSet(item.Key, set.Tenant, set.Set.Name);
        }
        _refused += result.Count(ReconcileAction.Refused) + result.Count(ReconcileAction.Conflict);
        _logger.SetReconciled(set.Set.Name, set.Tenant, result.Count(ReconcileAction.Created), result.Count(ReconcileAction.Updated), result.Count(ReconcileAction.Deleted));
    }

    private bool IsFirstFailure()
    {
        var isFirst = !_toldOfFailure;
        _toldOfFailure = true;
        return isFirst;
    }
}
