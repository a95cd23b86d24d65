using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Scheduling.Running;
using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>
/// One process's part of the scheduler, without the loop around it: make the store ready, write the program's jobs, tick. The hosted service repeats <see cref="StepAsync"/>; a program without a host, or a
/// harness on virtual time, may do so itself.
/// </summary>
/// <remarks>A singleton of the services. Steps do not overlap; the rest may be called at any time.</remarks>
[Experimental("SCHED0001")]
public sealed class SchedulingNode
{
    /// <summary>How long before the host's limit running work is cancelled, so that it can end and be written.</summary>
    private static readonly TimeSpan CancelBeforeLimit = TimeSpan.FromSeconds(5);

    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Backoff _backoff;
    private readonly Backoff _jobsBackoff;
    private readonly SchedulingOptions _options;
    private readonly ISchedulingStore _store;
    private readonly DeclaredJobs _jobs;
    private bool _isStoreReady;
    private bool _hasClaimsUnderway;
    private bool _toldOfOutage;
    private long _jobsTriedAt;
    private TimeSpan _jobsWait;

    internal SchedulingNode(IServiceProvider services)
    {
        _services = services;
        _time = services.GetRequiredService<TimeProvider>();
        _logger = SchedulingLog.LoggerFrom(services);
        var random = (services.GetService<EngineRuntime>() ?? EngineRuntime.Default).Random;
        (_backoff, _jobsBackoff) = (new Backoff(random), new Backoff(random));
        _options = services.GetRequiredService<IOptions<SchedulingOptions>>().Value;
        _store = services.GetRequiredService<ISchedulingStore>();
        _jobs = services.GetRequiredService<DeclaredJobs>();
        if (_options.Role == SchedulingRole.RunAndControl)
            Engine = services.GetRequiredService<SchedulerEngine>();
    }

    /// <summary>The engine; null in a process that only administers jobs.</summary>
    public SchedulerEngine? Engine { get; }

    /// <summary>Whether jobs of the program still wait to be written.</summary>
    internal bool HasJobsToWrite => _jobs.Left > 0;

    /// <summary>Tells the log what this node is.</summary>
    public void TellOfStart()
    {
        var executors = _services.GetServices<ExecutorDeclaration>().Select(static executor => executor.Key).ToHashSet(StringComparer.Ordinal);
        if (Engine is null)
            _logger.StartingControl(_store.Name);
        else
            _logger.Starting(_options.Node, Engine.Owner, _store.Name, executors.Count, _options.MaxConcurrentRuns);
        var unused = _options.Executors.Keys.Where(key => !executors.Contains(key)).Order(StringComparer.Ordinal).ToList();
        if (unused.Count > 0)
            _logger.UnusedExecutorSettings(string.Join(", ", unused));
    }

    /// <summary>Makes the store ready and writes the program's jobs, or fails: for a start that must not go on without.</summary>
    /// <param name="ct">Ends the wait.</param>
    /// <returns>When both are done.</returns>
    /// <exception cref="Exception">What the store threw.</exception>
    public async Task RequireStoreAsync(CancellationToken ct)
    {
        await PrepareStoreAsync(ct).ConfigureAwait(false);
        if (await _jobs.EnsureAsync(ct).ConfigureAwait(false) is { } failure)
            throw new InvalidOperationException($"The jobs of the program could not be written, and {SchedulingOptions.SectionName}:{nameof(SchedulingOptions.Startup)} is {StartupMode.RequireStore}: {failure.Message}", failure);
    }

    /// <summary>One round: what is left of the start, then a tick. Whatever fails is told to the log once per change of state and waited out, ever longer.</summary>
    /// <param name="ct">Ends the round.</param>
    /// <returns>When the next step is due.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> fired. Nothing else is thrown.</exception>
    public async ValueTask<SchedulingStep> StepAsync(CancellationToken ct = default)
    {
        try
        {
            await PrepareStoreAsync(ct).ConfigureAwait(false);
            await EnsureJobsAsync(ct).ConfigureAwait(false);
            if (Engine is null)
                return Next(_jobs.Left == 0 ? Timeout.InfiniteTimeSpan : UntilJobs().ToTimeSpan(), endsOnWake: false);
            var tick = await Engine.TickAsync(ct).ConfigureAwait(false);
            _hasClaimsUnderway = tick.HasClaimsUnderway;
            return Next((_jobs.Left == 0 ? tick.Wait : Duration.Min(tick.Wait, UntilJobs())).ToTimeSpan(), endsOnWake: true);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            (_isStoreReady, _hasClaimsUnderway) = (false, false);
            TellOfFailure(failure);
            return new SchedulingStep(_backoff.Next(), endsOnWake: false);
        }
    }

    /// <summary>Ends the node's work without losing any, as <see cref="SchedulerEngine.StopAsync"/> does: running work is cancelled 5 s before the shutdown limit of the settings.</summary>
    /// <param name="ct">Fires at the limit.</param>
    /// <returns>When the node has ended.</returns>
    public async Task StopAsync(CancellationToken ct = default)
    {
        if (Engine is null)
            return;
        var cancelAfter = _options.ShutdownTimeout - CancelBeforeLimit;
        await Engine.StopAsync(cancelAfter > TimeSpan.Zero ? Duration.FromTimeSpan(cancelAfter) : Duration.Zero, ct).ConfigureAwait(false);
        await _services.GetRequiredService<ExecutionObservers>().StopAsync(_options.ObserverTimeout, ct).ConfigureAwait(false);
    }

    private SchedulingStep Next(TimeSpan wait, bool endsOnWake)
    {
        _backoff.Reset();
        return new SchedulingStep(wait, endsOnWake);
    }

    // A migration takes what it takes, so only the host's stop limits the wait.
    private async ValueTask PrepareStoreAsync(CancellationToken ct)
    {
        if (_isStoreReady)
            return;
        await _store.InitializeAsync(ct).AsTask().WaitAsync(ct).ConfigureAwait(false);
        _isStoreReady = true;
        if (Engine is not null)
            return;
        _toldOfOutage = false;
        _logger.StoreReady();
    }

    // A job that cannot be written is no reason to run no others: it has a backoff of its own, and the tick goes on.
    private async ValueTask EnsureJobsAsync(CancellationToken ct)
    {
        if (_jobs.Left == 0 || UntilJobs() > Duration.Zero || _hasClaimsUnderway)
            return;
        var failure = await _jobs.EnsureAsync(ct).ConfigureAwait(false);
        _jobsTriedAt = _time.GetTimestamp();
        _jobsWait = failure is null ? TimeSpan.Zero : _jobsBackoff.Next();
    }

    private Duration UntilJobs()
    {
        var left = _jobsWait - _time.GetElapsedTime(_jobsTriedAt);
        return left > TimeSpan.Zero ? Duration.FromTimeSpan(left) : Duration.Zero;
    }

    // The engine tells its observers once per change of state; without one there is only this process to tell.
    private void TellOfFailure(Exception failure)
    {
        if (Engine is not null)
            Engine.ReportFailure(failure);
        else if (!_toldOfOutage)
            _logger.StoreUnavailable(failure);
        _toldOfOutage = true;
    }
}
