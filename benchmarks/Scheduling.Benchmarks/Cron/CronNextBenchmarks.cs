using BenchmarkDotNet.Attributes;
using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Benchmarks.Cron;

/// <summary>The next and the previous occurrence, asked at random instants of a year, against Quartz and NCrontab (which has no previous).</summary>
public class CronNextBenchmarks
{
    private Instant[] _instants = [];
    private DateTimeOffset[] _offsets = [];
    private DateTime[] _times = [];
    private CronExpression _ours = null!;
    private Quartz.CronExpression _quartzUtc = null!;
    private Quartz.CronExpression _quartzNewYork = null!;
    private NCrontab.CrontabSchedule _ncrontab = null!;

    [ParamsSource(nameof(Expressions))]
    public string Expression { get; set; } = "";

    public static IEnumerable<string> Expressions => CronCases.Expressions;

    [GlobalSetup]
    public void Setup()
    {
        _instants = CronCases.Instants();
        _offsets = _instants.Select(i => i.ToDateTimeOffset()).ToArray();
        _times = _instants.Select(i => i.ToDateTimeUtc()).ToArray();
        _ours = CronCases.Ours(Expression);
        _quartzUtc = CronCases.Quartz(Expression, "UTC");
        _quartzNewYork = CronCases.Quartz(Expression, "America/New_York");
        _ncrontab = CronCases.NCrontab(Expression);
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long SchedulingUtc()
    {
        var sum = 0L;
        foreach (var at in _instants) sum += _ours.GetNextOccurrence(at, DateTimeZone.Utc)!.Value.ToUnixTimeSeconds();
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long QuartzUtc()
    {
        var sum = 0L;
        foreach (var at in _offsets) sum += _quartzUtc.GetNextValidTimeAfter(at)!.Value.Ticks;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long NCrontabUtc()
    {
        var sum = 0L;
        foreach (var at in _times) sum += _ncrontab.GetNextOccurrence(at).Ticks;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long SchedulingNewYork()
    {
        var sum = 0L;
        foreach (var at in _instants) sum += _ours.GetNextOccurrence(at, CronCases.NewYork)!.Value.ToUnixTimeSeconds();
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long QuartzNewYork()
    {
        var sum = 0L;
        foreach (var at in _offsets) sum += _quartzNewYork.GetNextValidTimeAfter(at)!.Value.Ticks;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long SchedulingPreviousUtc()
    {
        var sum = 0L;
        foreach (var at in _instants) sum += _ours.GetPreviousOccurrence(at, DateTimeZone.Utc)!.Value.ToUnixTimeSeconds();
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long SchedulingPreviousNewYork()
    {
        var sum = 0L;
        foreach (var at in _instants) sum += _ours.GetPreviousOccurrence(at, CronCases.NewYork)!.Value.ToUnixTimeSeconds();
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long QuartzPreviousUtc()
    {
        var sum = 0L;
        foreach (var at in _offsets) sum += _quartzUtc.GetPreviousValidTimeBefore(at)!.Value.Ticks;
        return sum;
    }
}
