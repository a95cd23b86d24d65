using Microsoft.Extensions.Hosting;

namespace Quickstart.Display;

/// <summary>Shows the board a few times a second until the host stops, and once more when everything has come to rest.</summary>
internal sealed class DisplayService(BoardReader reader, Func<IDisplay> open) : BackgroundService
{
    // Real time, whatever the speed: it is for people's eyes.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var display = open();
        while (!stoppingToken.IsCancellationRequested)
        {
            display.Show(await reader.ReadAsync(CancellationToken.None));
            await Task.Delay(Pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        display.Show(await reader.ReadAsync(CancellationToken.None));
    }
}
