using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace Scheduling.Load;

/// <summary>The peer: the same due jobs through Quartz's clustered store on the same server, with its defaults and tuned.</summary>
internal static class QuartzCluster
{
    private static int _ran;
    private static long _first;
    private static long _last;

    public static async Task MeasureAsync(PostgresRig rig, double ours, ResultTable table)
    {
        foreach (var (threads, batch, jobs) in new[] { (10, 1, 2_000), (64, 64, 5_000) })
        {
            var rate = await RunAsync(rig, threads, batch, jobs);
            var note = string.Create(CultureInfo.InvariantCulture, $"{jobs:N0} jobs; we: {(ours > 0 ? (ours / rate).ToString("N0", CultureInfo.InvariantCulture) : "?")} ×");
            table.Add($"runs, Quartz clustered on the same server, {threads} threads, batch {batch}", $"{rate:N0}/s", batch == 64 ? "we: ≥ 30 ×" : "", note);
        }
    }

    private static async Task<double> RunAsync(PostgresRig rig, int threads, int batch, int jobs)
    {
        const string schema = "quartz";
        await Seed.ExecuteAsync(rig.Source, $"drop schema if exists {schema} cascade; create schema {schema}");
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddQuartz(q =>
        {
            q.UseDefaultThreadPool(threads);
            q.ConfigureScheduler(o =>
            {
                o.InstanceId = "AUTO";
                o.MaxBatchSize = batch;
            });
            q.UsePersistentStore(store =>
            {
                store.UsePostgres(NpgsqlFactory.Instance, $"{rig.Cluster.ConnectionString};Maximum Pool Size=100;Search Path={schema}");
                store.UseClustering(static _ => { });
                store.ProvisionSchema();
                store.ConfigureStore(o => o.MisfireThreshold = TimeSpan.FromDays(49));
            });
        });
        await using var provider = services.BuildServiceProvider();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler();
        (_ran, _first, _last) = (0, long.MaxValue, 0);
        for (var n = 0; n < jobs; n++)
        {
            var (name, group) = (string.Create(CultureInfo.InvariantCulture, $"job-{n}"), Seed.Tenant(n % 1_000));
            var job = JobBuilder.Create<CountingJob>().WithIdentity(name, group).Build();
            var trigger = TriggerBuilder.Create().WithIdentity(name, group).StartAt(TimeProvider.System.GetUtcNow().AddHours(-1))
                .WithSimpleSchedule(static s => s.WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires)).Build();
            await scheduler.ScheduleJob(job, trigger);
        }
        await scheduler.Start();
        while (Volatile.Read(ref _ran) < jobs)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        await scheduler.Shutdown(waitForJobsToComplete: true);
        return jobs / Stopwatch.GetElapsedTime(Volatile.Read(ref _first), Volatile.Read(ref _last)).TotalSeconds;
    }

    private sealed class CountingJob : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            var stamp = Stopwatch.GetTimestamp();
            Interlocked.CompareExchange(ref _first, stamp, long.MaxValue);
            Volatile.Write(ref _last, stamp);
            Interlocked.Increment(ref _ran);
            return ValueTask.CompletedTask;
        }
    }
}
