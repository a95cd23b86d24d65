using BenchmarkDotNet.Attributes;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Benchmarks.Schedules;

/// <summary>A forecast of a day in minutes for 100,000 jobs; the limit is "in seconds".</summary>
public class LoadForecastBenchmarks
{
    private static readonly Instant Midnight = Instant.FromUtc(2026, 3, 7, 0, 0);
    private static readonly LoadForecastOptions Day = new() { From = Midnight, To = Midnight + Duration.FromDays(1) };

    private ScheduledLoad[] _mixed = [];
    private ScheduledLoad[] _everyMinute = [];

    [GlobalSetup]
    public void Setup()
    {
        _mixed = Jobs(static i => (i % 4) switch
        {
            0 => Schedule.Polling(PollingInterval.FifteenMinutes),
            1 => Schedule.Cron("0 0 * * *", "Europe/Paris"),
            2 => Schedule.Cron("H H * * *"),
            _ => Schedule.Polling(PollingInterval.OneDay, hour: 0),
        });
        _everyMinute = Jobs(static i => Schedule.Cron("* * * * *", i % 2 == 0 ? "Europe/Paris" : "America/New_York").WithSpread(Duration.FromMinutes(1)));
    }

    [Benchmark]
    public long MixedJobs() => LoadForecast.Compute(_mixed, Day).Peak;

    [Benchmark]
    public long MixedJobsWithoutSpread() => LoadForecast.Compute(_mixed, Day with { IgnoreSpread = true }).Peak;

    /// <summary>The worst: 144 million starts, each job with an offset of its own, so that nothing can be gathered.</summary>
    [Benchmark]
    public long EveryMinuteSpread() => LoadForecast.Compute(_everyMinute, Day).Peak;

    private static ScheduledLoad[] Jobs(Func<int, Schedule> schedule) =>
        [.. Enumerable.Range(0, 100_000).Select(i => new ScheduledLoad(schedule(i), ScheduleContext.For("acme", $"job-{i}", Midnight + Duration.FromSeconds(i))))];
}
