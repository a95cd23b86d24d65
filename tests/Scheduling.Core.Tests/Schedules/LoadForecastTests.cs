using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

public class LoadForecastTests
{
    private static readonly Instant Midnight = At.Utc("2026-03-07T00:00:00Z");
    private static readonly LoadForecastOptions Day = new() { From = Midnight, To = Midnight + Duration.FromDays(1) };

    [Fact]
    public void Compute_HerdAtMidnight_IsSeenAndSpreadFlattensIt()
    {
        ScheduledLoad[] jobs = [.. Enumerable.Range(0, 55_000).Select(i => new ScheduledLoad(Schedule.Polling(PollingInterval.OneDay, hour: 0), ScheduleContext.For("acme", $"job-{i}", Midnight)))];

        LoadForecast herd = LoadForecast.Compute(jobs, Day with { IgnoreSpread = true });
        LoadForecast spread = LoadForecast.Compute(jobs, Day);

        Assert.Equal((55_000, 0, 55_000L), (herd.Peak, herd.PeakIndex, herd.Total));
        Assert.Equal(55_000, spread.Total);
        Assert.Equal(1_440, spread.Runs.Count);
        Assert.All(spread.Runs.Take(55), runs => Assert.InRange(runs, 840, 1_160));
        Assert.All(spread.Runs.Skip(55), runs => Assert.Equal(0, runs));
    }

    [Fact]
    public void Compute_MixedSchedules_EqualsCountingStartsOneByOne()
    {
        Schedule[] schedules =
        [
            Schedule.Cron("*/7 * * * *", "Europe/Paris"), Schedule.Cron("*/7 * * * *", "Europe/Paris"), Schedule.Cron("H H * * *"), Schedule.Cron("0 0 * * *").WithSpread(Duration.FromHours(24)),
            Schedule.Interval(Duration.FromSeconds(1)), Schedule.Interval(Duration.FromSeconds(7)).WithSpread(Duration.FromSeconds(7)), Schedule.Interval(Duration.FromHours(5)),
            Schedule.Polling(PollingInterval.FourHours, 3), Schedule.Polling(PollingInterval.OneWeek, 23, 5), Schedule.Once(Midnight), Schedule.Once(Midnight + Duration.FromDays(1)), Schedule.Manual,
        ];
        ScheduledLoad[] jobs = [.. schedules.Select((schedule, i) => new ScheduledLoad(schedule, ScheduleContext.For("acme", $"{i}", Midnight + Duration.FromSeconds(i * 977))))];
        foreach (LoadForecastOptions options in new[] { Day, Day with { Bucket = Duration.FromMinutes(7) }, Day with { Bucket = Duration.FromHours(5), IgnoreSpread = true }, Day with { To = Midnight + Duration.FromMilliseconds(90_500), Bucket = Duration.FromMilliseconds(250) } })
        {
            LoadForecast forecast = LoadForecast.Compute(jobs, options);

            Assert.Equal(OneByOne(jobs, options), forecast.Runs);
            Assert.Equal(jobs.Length, forecast.Jobs);
            Assert.Equal(options.From + options.Bucket, forecast.BucketStart(1));
        }
    }

    [Fact]
    public void Compute_HundredThousandSchedules_CountsAllOfThem()
    {
        LoadForecast forecast = LoadForecast.Compute(ManyJobs(100_000), Day);

        // A quarter each: 96 quarter-hours, 1,440 minutes of one herd, one daily H, one pinned hour.
        Assert.Equal(25_000L * (96 + 1_440 + 1 + 1), forecast.Total);
        Assert.Equal(100_000, forecast.Jobs);
    }

    [Fact]
    public void Compute_UnknownZone_IsCountedAndTheOthersGoOn()
    {
        ScheduledLoad[] jobs = [new(Schedule.Cron("0 6 * * *", "No/Where")), new(Schedule.Cron("H 6 * * *", "No/Where")), new(Schedule.Cron("0 6 * * *"))];

        LoadForecast forecast = LoadForecast.Compute(jobs, Day);

        Assert.Equal((1L, 2L, 3L), (forecast.Total, forecast.JobsWithUnknownZone, forecast.Jobs));
        Assert.Equal(360, forecast.PeakIndex);
    }

    [Fact]
    public void Compute_Cancelled_StopsAndReportsProgressUntilThen()
    {
        using var source = new CancellationTokenSource();
        var progress = new Reports(done => { if (done >= 3_000) source.Cancel(); });

        Assert.Throws<OperationCanceledException>(() => LoadForecast.Compute(Endless(), Day, progress, source.Token));
        Assert.Equal([1_000, 2_000, 3_000], progress.Values);
    }

    [Fact]
    public void Compute_CancelledInsideOneJob_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => LoadForecast.Compute([new ScheduledLoad(Schedule.Interval(Duration.FromSeconds(1)))], Day, null, source.Token));
    }

    [Fact]
    public void Compute_BadRange_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadForecast.Compute([], Day with { To = Midnight }));
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadForecast.Compute([], Day with { To = Instant.MaxValue, Bucket = Duration.FromDays(365) }));
        Assert.Single(LoadForecast.Compute([], Day with { Bucket = Duration.MaxValue }).Runs);
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadForecast.Compute([], Day with { Bucket = Duration.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadForecast.Compute([], Day with { Bucket = Duration.FromMilliseconds(1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => LoadForecast.Compute([], Day).BucketStart(1_440));
        Assert.Equal(0, LoadForecast.Compute([], Day).Peak);
    }

    private static IEnumerable<ScheduledLoad> ManyJobs(int count)
    {
        for (int i = 0; i < count; i++)
        {
            Schedule schedule = (i % 4) switch
            {
                0 => Schedule.Polling(PollingInterval.FifteenMinutes),
                1 => Schedule.Cron("* * * * *"),
                2 => Schedule.Cron("H H * * *"),
                _ => Schedule.Polling(PollingInterval.OneDay, hour: i % 23),
            };
            yield return new ScheduledLoad(schedule, ScheduleContext.For("acme", $"job-{i}", Midnight + Duration.FromSeconds(i)));
        }
    }

    private static IEnumerable<ScheduledLoad> Endless()
    {
        while (true) yield return new ScheduledLoad(Schedule.Interval(Duration.FromHours(1)));
    }

    private static long[] OneByOne(IEnumerable<ScheduledLoad> jobs, LoadForecastOptions options)
    {
        var runs = new long[(int)Math.Ceiling((options.To - options.From) / options.Bucket)];
        foreach (ScheduledLoad job in jobs)
        {
            foreach (Instant slot in job.Schedule.Slots(options.From - Duration.FromDays(2), options.To, job.Context))
            {
                Instant start = options.IgnoreSpread ? slot : job.Schedule.StartOf(slot, job.Context);
                if (start >= options.From && start < options.To) runs[(int)((start - options.From) / options.Bucket)]++;
            }
        }

        return runs;
    }

    private sealed class Reports(Action<long> then) : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value)
        {
            Values.Add(value);
            then(value);
        }
    }
}
