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

    public static async Task MeasureAsync(LoadOptions options, ResultTable table)
    {
        foreach (var places in Places)
        {
            await AddAsync($"burst, delegate executor, {places:N0} places", "≥ 800,000/s", options, places, withScope: false, table);
            await AddAsync($"burst, a DI scope per run, {places:N0} places", "≥ 600,000/s", options, places, withScope: true, table);
        }
    }

    private static async Task AddAsync(string what, string target, LoadOptions options, int places, bool withScope, ResultTable table)
    {
        var costs = new RunCost[options.Rounds];
        for (var i = 0; i < costs.Length; i++)
            costs[i] = await RunAsync(options.Jobs, places, withScope);
        Array.Sort(costs, static (one, other) => one.RunsPerSecond.CompareTo(other.RunsPerSecond));
        var median = costs[costs.Length / 2];
        table.Add(what, $"{median.RunsPerSecond:N0} runs/s", target, $"{median.CpuMicroseconds:N2} µs of CPU and {median.Bytes:N0} bytes a run; median of {costs.Length}; metrics on");
    }

    private static async Task<RunCost> RunAsync(int jobs, int places, bool withScope)
    {
        var counter = new Counter(jobs);
        using var meters = ListenToMetrics();
        using var host = Build(places, withScope, counter);
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

    private static IHost Build(int places, bool withScope, Counter counter)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(counter);
        builder.Services.AddScheduling(s =>
        {
            s.Configure(o => o.MaxConcurrentRuns = places);
            if (withScope)
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
