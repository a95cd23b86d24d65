using System.Diagnostics;
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
            table.Add($"burst, delegate executor, {places:N0} places", $"{await MedianAsync(options, places, withScope: false):N0} runs/s", "≥ 800,000/s", "median of 3; metrics on");
            table.Add($"burst, a DI scope per run, {places:N0} places", $"{await MedianAsync(options, places, withScope: true):N0} runs/s", "≥ 600,000/s", "median of 3; metrics on");
        }
    }

    private static async Task<double> MedianAsync(LoadOptions options, int places, bool withScope)
    {
        var rates = new double[3];
        for (var i = 0; i < rates.Length; i++)
            rates[i] = await RunAsync(options.Jobs, places, withScope);
        Array.Sort(rates);
        return rates[1];
    }

    private static async Task<double> RunAsync(int jobs, int places, bool withScope)
    {
        var counter = new Counter(jobs);
        using var meters = ListenToMetrics();
        using var host = Build(places, withScope, counter);
        var scheduler = host.Services.GetRequiredService<JobScheduler>();
        var due = Schedule.Once(Instant.FromUtc(2026, 1, 1, 0, 0));
        for (var i = 0; i < jobs; i++)
            await scheduler.ForTenant($"tenant-{i % 1_000:D4}").CreateAsync(new JobDefinition { Key = $"job-{i:D8}", Executor = "noop", Schedule = due });
        GC.Collect();
        var watch = Stopwatch.StartNew();
        await host.StartAsync();
        await counter.Done;
        var elapsed = watch.Elapsed;
        await host.StopAsync();
        return jobs / elapsed.TotalSeconds;
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
