using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Load;

/// <summary>A burst of due jobs through the real hosted service, history capped at its default, metrics listened to.</summary>
internal static class Burst
{
    private static readonly int[] Places = [256, 4_096];

    /// <summary>Measures the bursts.</summary>
    /// <returns>The best median rate.</returns>
    public static async Task<double> MeasureAsync(LoadOptions options, ResultTable table)
    {
        var best = 0.0;
        foreach (var places in Places)
        {
            var plain = new BurstShape { Places = places };
            best = Math.Max(best, await AddAsync($"burst, delegate executor, {places:N0} places", "≥ 800,000/s", options, plain, table));
            best = Math.Max(best, await AddAsync($"burst, a DI scope per run, {places:N0} places", "≥ 600,000/s", options, plain with { HasScopes = true }, table));
        }
        await AddAsync("burst, delegate executor, 4,096 places, the host's loggers", "", options, new BurstShape { Places = 4_096, HasLoggers = true }, table);
        return best;
    }

    private static async Task<double> AddAsync(string what, string target, LoadOptions options, BurstShape shape, ResultTable table)
    {
        // The first rounds compile the code, in several steps; Quartz has the same ones.
        for (var i = 0; i < options.WarmUps; i++)
            await RunAsync(options.Jobs, shape);
        var costs = new RunCost[options.Rounds];
        for (var i = 0; i < costs.Length; i++)
            costs[i] = await RunAsync(options.Jobs, shape);
        Array.Sort(costs, static (one, other) => one.RunsPerSecond.CompareTo(other.RunsPerSecond));
        var median = costs[costs.Length / 2];
        table.Add(what, $"{median.RunsPerSecond:N0} runs/s", target, $"{median.CpuMicroseconds:N2} µs of CPU and {median.Bytes:N0} bytes a run; median of {costs.Length} after {options.WarmUps} to warm up; metrics on");
        return median.RunsPerSecond;
    }

    private static async Task<RunCost> RunAsync(int jobs, BurstShape shape)
    {
        var counter = new Counter(jobs);
        using var meters = ListenToMetrics();
        using var host = Build(shape, counter);
        var scheduler = host.Services.GetRequiredService<JobScheduler>();
        var due = Schedule.Once(Instant.FromUtc(2026, 1, 1, 0, 0));
        for (var i = 0; i < jobs; i++)
            await scheduler.ForTenant($"tenant-{i % 1_000:D4}").CreateAsync(new JobDefinition { Key = $"job-{i:D8}", Executor = "noop", Schedule = due });
        CostMeter.Settle();
        var meter = CostMeter.Start();
        await host.StartAsync();
        await counter.Done;
        var cost = meter.Stop(jobs);
        await host.StopAsync();
        return cost;
    }

    private static IHost Build(BurstShape shape, Counter counter)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        if (!shape.HasLoggers)
            builder.Logging.ClearProviders();
        builder.Services.AddSingleton(counter);
        builder.Services.AddScheduling(s =>
        {
            s.Configure(o => o.MaxConcurrentRuns = shape.Places);
            if (shape.HasScopes)
            {
                s.AddExecutor<CountingExecutor>("noop");
                return;
            }
            s.AddExecutor("noop", (_, _) =>
            {
                counter.Increment();
                return ValueTask.FromResult(JobResult.Success());
            });
        });
        return builder.Build();
    }

    private static MeterListener ListenToMetrics()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (string.Equals(instrument.Meter.Name, "Scheduling", StringComparison.Ordinal))
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        listener.SetMeasurementEventCallback<int>(static (_, _, _, _) => { });
        listener.Start();
        return listener;
    }

    private sealed class CountingExecutor(Counter counter) : IJobExecutor
    {
        public ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct)
        {
            counter.Increment();
            return ValueTask.FromResult(JobResult.Success());
        }
    }
}
