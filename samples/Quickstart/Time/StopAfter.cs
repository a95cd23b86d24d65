using Microsoft.Extensions.Hosting;

namespace Quickstart.Time;

/// <summary>Stops the program after a real time, as Ctrl+C would.</summary>
internal sealed class StopAfter(TimeSpan length, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(length, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }
}
