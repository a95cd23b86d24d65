using BenchmarkDotNet.Attributes;
using Scheduling.Cron;

namespace Scheduling.Benchmarks.Cron;

/// <summary>Reading a text.</summary>
public class CronParseBenchmarks
{
    private string _quartz = "";

    [ParamsSource(nameof(Expressions))]
    public string Expression { get; set; } = "";

    public static IEnumerable<string> Expressions => CronCases.Expressions;

    [GlobalSetup]
    public void Setup() => _quartz = CronCases.QuartzText(Expression);

    [Benchmark]
    public CronExpression SchedulingParse() => CronExpression.Parse(Expression);

    /// <summary>What no parser that returns an object can go below: an object of the same size, and nothing in it.</summary>
    [Benchmark]
    public object ObjectAlone() => default((long, long, long, long, long, long, long));

    [Benchmark]
    public Quartz.CronExpression QuartzParse() => new(_quartz);

    [Benchmark]
    public NCrontab.CrontabSchedule NCrontabParse() => NCrontab.CrontabSchedule.Parse(Expression);
}
