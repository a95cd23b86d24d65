using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Scheduling.Hosting;

/// <summary>
/// Repeats the node's step for as long as the host runs, and sleeps in between. The node is made at the start, after the settings were checked, so that bad ones start nothing.
/// </summary>
internal sealed class SchedulingLoop(IServiceProvider services, TimeProvider time) : BackgroundService, IHostedLifecycleService
{
    private SchedulingNode? _node;
    private Task? _stop;
    private long _wakesAt = long.MinValue;

    /// <summary>The timestamp until which the loop sleeps unless something wakes it; the least value while it works, the greatest when only a stop can wake it.</summary>
    internal long WakesAt => Volatile.Read(ref _wakesAt);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _node = services.GetRequiredService<SchedulingNode>();
        _node.TellOfStart();
        if (services.GetRequiredService<IOptions<SchedulingOptions>>().Value.Startup == StartupMode.RequireStore)
            await _node.RequireStoreAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The host begins to stop: so does the engine, while other services still end their work.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _stop ??= StopLoopAndNodeAsync(cancellationToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task StopAsync(CancellationToken cancellationToken) => _stop ??= StopLoopAndNodeAsync(cancellationToken);

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
                await SleepAsync(await _node!.StepAsync(stoppingToken).ConfigureAwait(false), stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    // The loop ends at once, because everything it waits for is cancelled; then the node has the store to itself.
    private async Task StopLoopAndNodeAsync(CancellationToken ct)
    {
        await base.StopAsync(ct).ConfigureAwait(false);
        if (_node is not null)
            await _node.StopAsync(ct).ConfigureAwait(false);
    }

    private async ValueTask SleepAsync(SchedulingStep step, CancellationToken ct)
    {
        if (step.EndsOnWake)
        {
            Volatile.Write(ref _wakesAt, StampAfter(step.Wait));
            await _node!.Engine!.WaitAsync(Duration.FromTimeSpan(step.Wait), ct).ConfigureAwait(false);
            return;
        }

        // A delay counts whole milliseconds and cuts the rest, which would end it early.
        var whole = step.Wait == Timeout.InfiniteTimeSpan ? step.Wait : TimeSpan.FromMilliseconds(Math.Ceiling(step.Wait.TotalMilliseconds));
        Volatile.Write(ref _wakesAt, StampAfter(whole));
        await Task.Delay(whole, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private long StampAfter(TimeSpan wait) =>
        wait == Timeout.InfiniteTimeSpan ? long.MaxValue : time.GetTimestamp() + (wait.Ticks * (time.TimestampFrequency / TimeSpan.TicksPerSecond));
}
