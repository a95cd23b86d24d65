using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduling;
using Scheduling.Hosting;
using Scheduling.PostgreSql;
using Scheduling.Schedules;
using Scheduling.TestKit.Postgres;

namespace ClusterSample;

/// <summary>Makes the jobs, starts the workers, shows who runs what, and counts at the end. It runs nothing itself: its scheduler has the role ControlOnly.</summary>
internal sealed class Supervisor(Arguments arguments, TimeProvider time)
{
    private readonly List<WorkerProcess> _workers = [];
    private readonly List<WorkerProcess> _everyWorker = [];

    public async Task<int> RunAsync()
    {
        using var server = arguments.Connection is null ? PostgresCluster.Start(isDurable: true) : null;
        var connection = arguments.Connection ?? server!.ConnectionString;
        if (server is not null)
            Console.WriteLine($"A PostgreSQL of our own listens on port {server.Port}; it goes away at the end.");
        using var host = await StartControlAsync(connection);
        var scheduler = host.Services.GetRequiredService<JobScheduler>();
        var jobs = await CreateJobsAsync(scheduler);
        try
        {
            for (var n = 1; n <= arguments.Workers; n++)
                _workers.Add(Start($"node-{n}", connection));
            var kills = await ShowAsync(connection);
            await PauseAsync(scheduler, jobs);
            await DrainAsync(scheduler, jobs);
            await Task.WhenAll(_workers.Select(static worker => worker.StopAsync()));
            return await ReportAsync(scheduler, jobs, kills);
        }
        finally
        {
            foreach (var worker in _everyWorker)
                worker.Dispose();
            await host.StopAsync();
        }
    }

    private static async Task<IHost> StartControlAsync(string connection)
    {
        // Jobs are made at once, so the schema must be there before the hosted service makes it in the background.
        await using (var store = new PostgreSqlStore(connection))
            await store.InitializeAsync(default);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.AddScheduling(s => s.UsePostgreSql(connection).Configure(static options => options.Role = SchedulingRole.ControlOnly));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private async Task<List<Job>> CreateJobsAsync(JobScheduler scheduler)
    {
        var jobs = new List<Job>();
        for (var t = 1; t <= arguments.Tenants; t++)
        {
            var tenant = scheduler.ForTenant(string.Create(CultureInfo.InvariantCulture, $"tenant-{t}"));
            for (var j = 1; j <= arguments.Jobs; j++)
            {
                jobs.Add(await tenant.EnsureAsync(new JobDefinition
                {
                    // A key of its own for each start of the sample, so that a database may be used again.
                    Key = string.Create(CultureInfo.InvariantCulture, $"sync-{j}-{Environment.ProcessId}-{time.GetUtcNow().ToUnixTimeSeconds()}"),
                    Executor = "sync",
                    Schedule = Schedule.Interval(Duration.FromSeconds(1 + (((t * 7) + j) % 9))),
                }));
            }
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{jobs.Count} jobs of {arguments.Tenants} tenants, every 1-9 seconds, on {arguments.Workers} workers for {arguments.For.TotalSeconds} s"));
        return jobs;
    }

    private WorkerProcess Start(string node, string connection)
    {
        var worker = WorkerProcess.Start(node, connection);
        _everyWorker.Add(worker);
        return worker;
    }

    /// <summary>Shows who runs what until the time is over.</summary>
    /// <returns>How many workers were killed.</returns>
    private async Task<int> ShowAsync(string connection)
    {
        var seed = arguments.Seed ?? Random.Shared.Next();
        using var end = new CancellationTokenSource(arguments.For, time);
        var chaos = new Chaos(seed, time);
        if (arguments.Chaos)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chaos with --seed {seed}"));
        var killing = arguments.Chaos ? chaos.RunAsync(_workers, node => Start(node, connection), end.Token) : Task.CompletedTask;
        for (var second = 1; !end.IsCancellationRequested; second++)
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, end.Token);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{second,4} s   {string.Join("   ", _workers.Select(Line))}"));
        }
        try
        {
            await killing;
        }
        catch (OperationCanceledException)
        {
            // The time is over, and with it the killing.
        }
        return chaos.Kills;
    }

    private static string Line(WorkerProcess worker)
    {
        var running = worker.Running;
        var shown = running.Count switch
        {
            0 => "",
            <= 2 => $" {string.Join(", ", running.Select(Short))}",
            _ => string.Create(CultureInfo.InvariantCulture, $" {Short(running[0])} and {running.Count - 1} more"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{worker.Node} {(worker.IsAlive ? "did" : "is dead, did")} {worker.Ended}{(shown.Length == 0 ? "" : ", runs")}{shown}");
    }

    // tenant-3/sync-2-4711-1764000000 reads as tenant-3/sync-2.
    private static string Short(string job) => string.Join('-', job.Split('-').Take(3));

    private static async Task PauseAsync(JobScheduler scheduler, List<Job> jobs)
    {
        foreach (var job in jobs)
            await scheduler.ForTenant(job.Tenant.Value).PauseAsync(job.Id, reason: "the sample is over");
    }

    private async Task DrainAsync(JobScheduler scheduler, List<Job> jobs)
    {
        foreach (var job in jobs)
        {
            while ((await scheduler.ForTenant(job.Tenant.Value).GetAsync(job.Id))!.OpenExecutions > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(100), time);
        }
    }

    private async Task<int> ReportAsync(JobScheduler scheduler, List<Job> jobs, int kills)
    {
        var verdict = await Verdict.OfAsync(scheduler, jobs);
        Console.WriteLine();
        if (arguments.Chaos)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kills} workers were killed; {verdict.Restarted} runs were started again elsewhere, each with a higher attempt and token."));
        Console.WriteLine(verdict);
        return verdict.IsGood ? 0 : 1;
    }
}
