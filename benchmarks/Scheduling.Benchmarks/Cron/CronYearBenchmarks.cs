using BenchmarkDotNet.Attributes;
using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Benchmarks.Cron;

/// <summary>All occurrences of 2026 in New York, visited one by one, and counted.</summary>
public class CronYearBenchmarks
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 5, 0);
    private static readonly Instant End = Instant.FromUtc(2027, 1, 1, 5, 0);
    private CronExpression _ours = null!;
    private Quartz.CronExpression _quartz = null!;

    [Params("0 * * * *", "15,45 8-18 * * 1-5", "0 2 * * *")]
    public string Expression { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _ours = CronCases.Ours(Expression);
        _quartz = CronCases.Quartz(Expression, "America/New_York");
    }

    [Benchmark]
    public int SchedulingYear() => _ours.GetOccurrences(Start, End, CronCases.NewYork).Count();

    [Benchmark]
    public int QuartzYear()
    {
        var count = 0;
        var end = End.ToDateTimeOffset();
        for (var at = _quartz.GetNextValidTimeAfter(Start.ToDateTimeOffset().AddSeconds(-1)); at < end; at = _quartz.GetNextValidTimeAfter(at.Value)) count++;
        return count;
    }
}
