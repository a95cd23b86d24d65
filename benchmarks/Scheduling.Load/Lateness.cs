using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Load;

/// <summary>How late work starts at 1,000 runs a second: spread over the second, and all on the second.</summary>
internal static class Lateness
{
    private const int PerSecond = 1_000;

    public static async Task MeasureAsync(LoadOptions options, ResultTable table)
    {
        // The first burst of a process compiles the code; it is a figure of its own, and only where nothing ran before it.
        var cold = await RunAsync(seconds: 1, isSpread: false);
        if (options.Only is not null)
            table.Add("lateness, the first 1,000 runs of the process", cold, "", "on the second; compiles the code");
        table.Add("lateness, spread, 1,000 runs/s", await RunAsync(options.Seconds, isSpread: true), "p99 ≤ 8 ms", "executor entered, after its start");
        table.Add("lateness, on the second, 1,000 runs/s", await RunAsync(options.Seconds, isSpread: false), "p99 ≤ 10 ms", "executor entered, after its start");
    }

    private static async Task<string> RunAsync(int seconds, bool isSpread)
    {
        var lates = new ConcurrentQueue<double>();
        var counter = new Counter(PerSecond * seconds);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddScheduling(s => s.AddExecutor("work", (run, _) =>
        {
            lates.Enqueue((Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) - run.DueAt).TotalMilliseconds);
            counter.Increment();
            return ValueTask.FromResult(JobResult.Success());
        }));
        using var host = builder.Build();
        await AddAsync(host.Services.GetRequiredService<JobScheduler>(), seconds, isSpread);
        CostMeter.Settle();
        await host.StartAsync();
        await counter.Done;
        await host.StopAsync();
        var sorted = lates.Order().ToArray();
        return $"p50 {sorted[sorted.Length / 2]:N1} ms, p99 {sorted[sorted.Length * 99 / 100]:N1} ms, max {sorted[^1]:N1} ms";
    }

    private static async Task AddAsync(JobScheduler scheduler, int seconds, bool isSpread)
    {
        var first = Instant.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 3);
        for (var second = 0; second < seconds; second++)
        {
            var slot = Schedule.Once(first + Duration.FromSeconds(second));
            var schedule = isSpread ? slot.WithSpread(Duration.FromSeconds(1)) : slot;
            for (var i = 0; i < PerSecond; i++)
                await scheduler.ForTenant($"tenant-{i % 100}").CreateAsync(new JobDefinition { Key = $"job-{second}-{i}", Executor = "work", Schedule = schedule });
        }
    }
}
