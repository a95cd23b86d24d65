using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Scheduling.Running;
using Scheduling.Storage;

namespace Scheduling.Hosting;

/// <summary>
/// Repeats the engine's tick for as long as the host runs: make the store ready, write the program's jobs, tick, wait. Whatever is thrown, it goes on, ever more slowly until something works again.
/// Its parts are made at the start, after the settings were checked, so that bad ones start nothing.
/// </summary>
internal sealed class SchedulingLoop(IServiceProvider services, TimeProvider time) : BackgroundService, IHostedLifecycleService
{
    /// <summary>How long before the host's limit running work is cancelled, so that it can end and be written.</summary>
    private static readonly TimeSpan CancelBeforeLimit = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = SchedulingLog.LoggerFrom(services);
    private readonly Backoff _backoff = new(Random.Shared);
    private readonly Backoff _jobsBackoff = new(Random.Shared);
    private SchedulingOptions _options = null!;
    private ISchedulingStore _store = null!;
    private DeclaredJobs _jobs = null!;
    private SchedulerEngine? _engine;
    private Task? _stop;
    private bool _isStoreReady;
    private bool _toldOfOutage;
    private long _jobsTriedAt;
    private TimeSpan _jobsWait;
    private long _wakesAt = long.MinValue;

    /// <summary>The timestamp until which the loop sleeps unless something wakes it; the least value while it works, the greatest when only a stop can wake it.</summary>
    internal long WakesAt => Volatile.Read(ref _wakesAt);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _options = services.GetRequiredService<IOptions<SchedulingOptions>>().Value;
        _store = services.GetRequiredService<ISchedulingStore>();
        _jobs = services.GetRequiredService<DeclaredJobs>();
        if (_options.Role == SchedulingRole.RunAndControl)
            _engine = services.GetRequiredService<SchedulerEngine>();
        TellOfStart();
        if (_options.Startup == StartupMode.RequireStore)
            await RequireStoreAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The host begins to stop: so does the engine, while other services still end their work.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _stop ??= StopLoopAndEngineAsync(cancellationToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task StopAsync(CancellationToken cancellationToken) => _stop ??= StopLoopAndEngineAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Volatile.Write(ref _wakesAt, long.MinValue);
            try
            {
                await StepAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                _isStoreReady = false;
                TellOfFailure(failure);
                await SleepAsync(_backoff.Next(), stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task StepAsync(CancellationToken ct)
    {
        await PrepareStoreAsync(ct).ConfigureAwait(false);
        await EnsureJobsAsync(ct).ConfigureAwait(false);
        if (_engine is not null)
        {
            var tick = await _engine.TickAsync(ct).ConfigureAwait(false);
            _backoff.Reset();
            var wait = _jobs.Left == 0 ? tick.Wait : Duration.Min(tick.Wait, UntilJobs());
            Volatile.Write(ref _wakesAt, StampAfter(wait.ToTimeSpan()));
            await _engine.WaitAsync(wait, ct).ConfigureAwait(false);
        }
        else
        {
            _backoff.Reset();
            await SleepAsync(_jobs.Left == 0 ? Timeout.InfiniteTimeSpan : UntilJobs().ToTimeSpan(), ct).ConfigureAwait(false);
        }
    }

    // A migration takes what it takes, so only the host's stop limits the wait.
    private async ValueTask PrepareStoreAsync(CancellationToken ct)
    {
        if (_isStoreReady)
            return;
        await _store.InitializeAsync(ct).AsTask().WaitAsync(ct).ConfigureAwait(false);
        _isStoreReady = true;
        if (_engine is not null)
            return;
        _toldOfOutage = false;
        _logger.StoreReady();
    }

    // A job that cannot be written is no reason to run no others: it has a backoff of its own, and the tick goes on.
    private async ValueTask EnsureJobsAsync(CancellationToken ct)
    {
        if (_jobs.Left == 0 || UntilJobs() > Duration.Zero)
            return;
        var failure = await _jobs.EnsureAsync(ct).ConfigureAwait(false);
        _jobsTriedAt = time.GetTimestamp();
        _jobsWait = failure is null ? TimeSpan.Zero : _jobsBackoff.Next();
    }

    private Duration UntilJobs()
    {
        var left = _jobsWait - time.GetElapsedTime(_jobsTriedAt);
        return left > TimeSpan.Zero ? Duration.FromTimeSpan(left) : Duration.Zero;
    }

    private async Task RequireStoreAsync(CancellationToken ct)
    {
        await PrepareStoreAsync(ct).ConfigureAwait(false);
        if (await _jobs.EnsureAsync(ct).ConfigureAwait(false) is { } failure)
            throw new InvalidOperationException($"The jobs of the program could not be written, and {SchedulingOptions.SectionName}:{nameof(SchedulingOptions.Startup)} is {StartupMode.RequireStore}: {failure.Message}", failure);
    }

    // The loop ends at once, because everything it waits for is cancelled; then the engine has the store to itself.
    private async Task StopLoopAndEngineAsync(CancellationToken ct)
    {
        await base.StopAsync(ct).ConfigureAwait(false);
        if (_engine is null)
            return;
        var cancelAfter = _options.ShutdownTimeout - CancelBeforeLimit;
        await _engine.StopAsync(cancelAfter > TimeSpan.Zero ? Duration.FromTimeSpan(cancelAfter) : Duration.Zero, ct).ConfigureAwait(false);
    }

    private async Task SleepAsync(TimeSpan wait, CancellationToken ct)
    {
        // A delay counts whole milliseconds and cuts the rest, which would end it early.
        var whole = wait == Timeout.InfiniteTimeSpan ? wait : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
        Volatile.Write(ref _wakesAt, StampAfter(whole));
        await Task.Delay(whole, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private long StampAfter(TimeSpan wait) =>
        wait == Timeout.InfiniteTimeSpan ? long.MaxValue : time.GetTimestamp() + (wait.Ticks * (time.TimestampFrequency / TimeSpan.TicksPerSecond));

    private void TellOfStart()
    {
        var executors = services.GetServices<ExecutorDeclaration>().Select(static executor => executor.Key).ToHashSet(StringComparer.Ordinal);
        if (_engine is null)
            _logger.StartingControl(_store.Name);
        else
            _logger.Starting(_options.Node, _engine.Owner, _store.Name, executors.Count, _options.MaxConcurrentRuns);
        var unused = _options.Executors.Keys.Where(key => !executors.Contains(key)).Order(StringComparer.Ordinal).ToList();
        if (unused.Count > 0)
            _logger.UnusedExecutorSettings(string.Join(", ", unused));
    }

    // The engine tells its observers once per change of state; without one there is only this process to tell.
    private void TellOfFailure(Exception failure)
    {
        if (_engine is not null)
            _engine.ReportFailure(failure);
        else if (!_toldOfOutage)
            _logger.StoreUnavailable(failure);
        _toldOfOutage = true;
    }
}
