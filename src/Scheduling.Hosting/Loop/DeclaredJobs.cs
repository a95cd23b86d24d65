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
    private readonly int _count;
    private volatile int _left;
    private volatile int _refused;
    private bool _toldOfFailure;

    public DeclaredJobs(IEnumerable<JobDeclaration> jobs, JobScheduler scheduler, IOptions<SchedulingOptions> options, TimeProvider time, ILogger logger)
    {
        _scheduler = scheduler;
        _time = time;
        _timeout = options.Value.StoreTimeout;
        _logger = logger;
        _waiting = new(jobs);
        _left = _count = _waiting.Count;
    }

    /// <summary>How many are not written yet.</summary>
    public int Left => _left;

    /// <summary>How many cannot be written, because they break a rule together with what is stored.</summary>
    public int Refused => _refused;

    /// <summary>Writes what is left, until one fails.</summary>
    /// <returns>What failed; null when nothing is left.</returns>
    public async ValueTask<Exception?> EnsureAsync(CancellationToken ct)
    {
        while (_waiting.TryDequeue(out var job))
        {
            if (await TryAsync(job, ct).ConfigureAwait(false) is { } failure)
                return failure;
            _left = _waiting.Count;
            if (_left == 0)
                _logger.JobsEnsured(_count - _refused);
        }
        return null;
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
            TellOnce(failure, job);
            return failure;
        }
    }

    private void TellOnce(Exception failure, JobDeclaration job)
    {
        var isFirst = !_toldOfFailure;
        _toldOfFailure = true;
        if (isFirst)
            _logger.JobNotEnsured(failure, job.Definition.Key!, job.Tenant);
    }
}
