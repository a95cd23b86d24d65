using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Quickstart.CommandLine;
using Quickstart.Display;
using Quickstart.History;
using Quickstart.Jobs;
using Quickstart.Storage;
using Quickstart.Time;
using Quickstart.Work;
using Scheduling;

const int Lost = 1;
const int Misuse = 2;

var (arguments, problems) = ArgumentReader.Read(args);
if (problems.Count > 0)
    return Refuse([.. problems, "", Arguments.Usage]);
if (arguments.Help)
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

var start = arguments.StartFrom(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()));
var file = await JobFile.ReadAsync(arguments.JobsPath, ExecutorKeys.All, new TimeLapse(TimeProvider.System, speed: 1, start.ToDateTimeOffset()));
if (file.Problems.Count > 0)
    return Refuse(file.Problems);
var tenants = file.Jobs.Select(static job => job.Tenant).Distinct(StringComparer.Ordinal).ToList();

var (stored, beginning, unusable) = await StoreFile.BeginAsync(arguments.StorePath, tenants, start);
if (unusable is not null)
    return Refuse([unusable]);
using var hold = stored;

var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders(); // The display shows what happens; log lines would tear the table.
builder.Services.AddSingleton(_ => new TimeLapse(TimeProvider.System, arguments.Speed, beginning.At.ToDateTimeOffset()));
builder.Services.AddSingleton<TimeProvider>(static s => s.GetRequiredService<TimeLapse>()); // The scheduler takes all its time from here. Without this line it is the system's.
builder.Services.AddSingleton<WorkProgress>();
builder.Services.AddScoped<Steps>();
builder.Services.AddDisplay(arguments, tenants, beginning);

builder.AddScheduling(scheduling =>
{
    // All else is the same for every store.
    _ = stored is null ? scheduling.UseInMemory() : scheduling.UseSqlite(stored.Connection, options => options.WatchInterval = TimeLapseSettings.WatchInterval);
    scheduling
        .AddExecutor<SyncIntegration>(ExecutorKeys.Sync)
        .AddExecutor<BuildReport>(ExecutorKeys.Report)
        .AddExecutor<PushExport>(ExecutorKeys.Push)
        .AddExecutor(ExecutorKeys.Cleanup, static (_, _) => ValueTask.FromResult(JobResult.Success("nothing to clean up")))
        .Configure(options => TimeLapseSettings.Apply(options, arguments.Speed));
    foreach (var job in file.Jobs)
        scheduling.AddJob(job.Tenant, job.Definition);
});

using var host = builder.Build();
await host.StartAsync();
await host.WaitForShutdownAsync(); // Ctrl+C, SIGTERM or --for: nothing new starts, what runs may end, the rest is handed back.
await host.Services.GetRequiredService<DisplayService>().ExecuteTask!; // If it failed, which stops the host, that comes to light here.
var summary = new HistorySummary(host.Services.GetRequiredService<JobScheduler>(), host.Services.GetRequiredService<TimeProvider>(), survives: stored is not null);
return await summary.WriteAsync(tenants, Console.Out) ? 0 : Lost;

static int Refuse(IEnumerable<string> lines)
{
    foreach (var line in lines)
        Console.Error.WriteLine(line);
    return Misuse;
}
