using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scheduling;
using Scheduling.Faults;

var settings = WorkerSettings.Read(args);
using var log = new RunFile(settings.Log);
if (settings.Writes)
{
    using var stop = new CancellationTokenSource();
    _ = Task.Run(async () =>
    {
        await InputEndsAsync();
        await stop.CancelAsync();
    });
    var store = settings.OpenStore(TimeProvider.System);
    await new WriteLoop(store, log, settings.Node).RunAsync(stop.Token);
    await ((IAsyncDisposable)store).DisposeAsync();
    return;
}
var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders().AddSimpleConsole(static console => console.SingleLine = true).SetMinimumLevel(LogLevel.Information);
builder.AddScheduling(s => s
    .UseStore("worker", services => new KillingStore(settings.OpenStore(services.GetRequiredService<TimeProvider>()), settings.KillAt))
    .AddExecutor("work", async (run, ct) =>
    {
        log.Write("begin", settings.Node, run);
        if (settings.KillAt == KillPoint.InRun)
            Suicide.Commit();
        if (int.TryParse(run.Payload.ToJson(), CultureInfo.InvariantCulture, out var milliseconds))
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, ct);
        log.Write("end", settings.Node, run);
        return JobResult.Success();
    })
    .Configure(options =>
    {
        options.Node = settings.Node;
        options.MaxConcurrentRuns = settings.Places;
        options.LeaseDuration = TimeSpan.FromMilliseconds(settings.LeaseMilliseconds);
        options.RenewInterval = options.LeaseDuration / 4;
        options.SweepInterval = options.LeaseDuration / 4;
        options.PollInterval = TimeSpan.FromSeconds(1);
        options.SafetyPollInterval = TimeSpan.FromSeconds(2);
        options.StoreTimeout = TimeSpan.FromSeconds(5);
    }));
using var host = builder.Build();

// Whoever started this process stops it by closing its input.
_ = Task.Run(async () =>
{
    await InputEndsAsync();
    host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
});
await host.RunAsync();

static async Task InputEndsAsync()
{
    while (await Console.In.ReadLineAsync() is not null)
    {
    }
}
