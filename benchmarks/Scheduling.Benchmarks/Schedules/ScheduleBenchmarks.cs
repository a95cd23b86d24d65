using BenchmarkDotNet.Attributes;
using NodaTime;
using Quartz.Impl.Triggers;
using Scheduling.Schedules;

namespace Scheduling.Benchmarks.Schedules;

/// <summary>The questions a claim asks of each kind of schedule, with Quartz's interval trigger as the peer of ours.</summary>
public class ScheduleBenchmarks
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 4, 15, 30, 20);
    private static readonly ScheduleContext Context = ScheduleContext.For("acme", "github", Now);
    private static readonly DateTimeOffset QuartzNow = Now.ToDateTimeOffset();

    private readonly Schedule _polling = Schedule.Polling(PollingInterval.OneWeek, hour: 5, dayOfWeek: 2);
    private readonly Schedule _interval = Schedule.Interval(Duration.FromMinutes(30));
    private readonly Schedule _cron = Schedule.Cron("0 6 * * *");
    private readonly Schedule _paris = Schedule.Cron("0 6 * * *", "Europe/Paris");
    private readonly Schedule _own = Schedule.Cron("H H * * *");
    private readonly SimpleTriggerImpl _quartz = new("trigger", "acme", "job", "acme", Now.ToDateTimeOffset(), null, SimpleTriggerImpl.RepeatIndefinitely, TimeSpan.FromMinutes(30), TimeProvider.System);

    [Benchmark(Baseline = true)]
    public Instant? IntervalNext() => _interval.NextAfter(Now, Context);

    [Benchmark]
    public DateTimeOffset? QuartzIntervalNext() => _quartz.GetFireTimeAfter(QuartzNow);

    [Benchmark]
    public Instant? PollingNext() => _polling.NextAfter(Now, Context);

    [Benchmark]
    public Instant? PollingLatest() => _polling.LatestAtOrBefore(Now, Context);

    [Benchmark]
    public Instant? PollingFirstDue() => _polling.FirstDue(Now, null, Context);

    [Benchmark]
    public long IntervalCountOfAYear() => _interval.CountSlots(Now, Now + Duration.FromDays(365), Context);

    [Benchmark]
    public Instant? CronNext() => _cron.NextAfter(Now, Context);

    [Benchmark]
    public Instant? CronParisNext() => _paris.NextAfter(Now, Context);

    [Benchmark]
    public Instant? CronOwnHNext() => _own.NextAfter(Now, Context);

    [Benchmark]
    public Instant? CronParisLatest() => _paris.LatestAtOrBefore(Now, Context);
}
