using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Scheduling.Load;

/// <summary>The peer: the same burst through Quartz's RAM store, over several settings, of which the best counts.</summary>
internal static class QuartzBurst
{
    private static readonly (int Threads, int Batch)[] Settings = [(10, 1), (64, 64), (256, 256)];
    private static Counter? _counter;

    /// <summary>Measures each setting as our bursts are measured.</summary>
    /// <returns>The best median rate.</returns>
    public static async Task<double> MeasureAsync(LoadOptions options, ResultTable table)
    {
        var jobs = Math.Min(options.Jobs, 100_000);
        var (best, name) = (0.0, "");
        foreach (var (threads, batch) in Settings)
        {
            var rate = await MedianAsync(options, jobs, threads, batch);
            if (rate > best)
                (best, name) = (rate, $"best of {Settings.Length} settings: {threads} threads, batch {batch}; {jobs:N0} jobs; median of {options.Rounds} after {options.WarmUps} to warm up");
        }
        table.Add("burst, Quartz RAM store", $"{best:N0} runs/s", "we: ≥ 8×", name);
        return best;
    }

    private static async Task<double> MedianAsync(LoadOptions options, int jobs, int threads, int batch)
    {
        for (var i = 0; i < options.WarmUps; i++)
            await RunAsync(jobs, threads, batch);
        var rates = new double[options.Rounds];
        for (var i = 0; i < rates.Length; i++)
            rates[i] = await RunAsync(jobs, threads, batch);
        Array.Sort(rates);
        return rates[rates.Length / 2];
    }

    private static async Task<double> RunAsync(int jobs, int threads, int batch)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddQuartz(q =>
        {
            q.UseDefaultThreadPool(threads);
            q.ConfigureScheduler(o => o.MaxBatchSize = batch);
            q.UseInMemoryStore();
        });
        await using var provider = services.BuildServiceProvider();
        var scheduler = await provider.GetRequiredService<ISchedulerFactory>().GetScheduler();
        _counter = new Counter(jobs);
        for (var i = 0; i < jobs; i++)
        {
            var job = JobBuilder.Create<CountingJob>().WithIdentity($"job-{i:D8}", $"tenant-{i % 1_000:D4}").Build();
            var trigger = TriggerBuilder.Create().WithIdentity($"job-{i:D8}", $"tenant-{i % 1_000:D4}").StartAt(DateTimeOffset.FromUnixTimeSeconds(1_767_225_600))
                .WithSimpleSchedule(s => s.WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires)).Build();
            await scheduler.ScheduleJob(job, trigger);
        }
        CostMeter.Settle();
        var watch = Stopwatch.StartNew();
        await scheduler.Start();
        await _counter.Done;
        var elapsed = watch.Elapsed;
        await scheduler.Shutdown(waitForJobsToComplete: true);
        return jobs / elapsed.TotalSeconds;
    }

    private sealed class CountingJob : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            _counter!.Increment();
            return ValueTask.CompletedTask;
        }
    }
}
