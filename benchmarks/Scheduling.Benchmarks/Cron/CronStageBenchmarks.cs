using BenchmarkDotNet.Attributes;
using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Benchmarks.Cron;

/// <summary>
/// Where the time of a next occurrence goes: each method does what the one before it does and one thing more, at the same random instants, so that differences are costs in place.
/// </summary>
public class CronStageBenchmarks
{
    private Instant[] _instants = [];
    private CronExpression _cron = null!;

    [Params("* * * * *", "0 2 * * *", "0 3 * * 0", "30 4 1 * *")]
    public string Expression { get; set; } = "";

    [GlobalSetup]
    public void Setup() => (_instants, _cron) = (CronCases.Instants(), CronCases.Ours(Expression));

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long Question()
    {
        var sum = 0L;
        foreach (var at in _instants) sum += at.ToUnixTimeSeconds();
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long QuestionSearch()
    {
        var sum = 0L;
        foreach (var at in _instants) sum += CronSearch.Next(_cron.Fields, at.ToUnixTimeSeconds() + 1);
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long QuestionSearchAnswer()
    {
        var sum = 0L;
        foreach (var at in _instants) sum += Instant.FromUnixTimeSeconds(CronSearch.Next(_cron.Fields, at.ToUnixTimeSeconds() + 1)).ToUnixTimeSeconds();
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long WholeUtc()
    {
        var sum = 0L;
        foreach (var at in _instants) sum += _cron.GetNextOccurrence(at, DateTimeZone.Utc)!.Value.ToUnixTimeSeconds();
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long QuestionZone()
    {
        var sum = 0L;
        foreach (var at in _instants) sum += at.ToUnixTimeSeconds() + CronCases.NewYork.GetZoneInterval(at).WallOffset.Seconds;
        return sum;
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long QuestionZoneStart()
    {
        var sum = 0L;
        foreach (var at in _instants)
        {
            var interval = CronCases.NewYork.GetZoneInterval(at);
            sum += at.ToUnixTimeSeconds() + interval.WallOffset.Seconds + interval.Start.ToUnixTimeSeconds();
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long QuestionZoneStartSearchAnswer()
    {
        var sum = 0L;
        foreach (var at in _instants)
        {
            var interval = CronCases.NewYork.GetZoneInterval(at);
            var offset = interval.WallOffset.Seconds;
            var next = CronSearch.Next(_cron.Fields, at.ToUnixTimeSeconds() + 1 + offset);
            var answer = Instant.FromUnixTimeSeconds(next - offset);
            sum += answer.ToUnixTimeSeconds() + (interval.Start.ToUnixTimeSeconds() & 1) + (answer < interval.End ? 1 : 0);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = CronCases.Count)]
    public long WholeNewYork()
    {
        var sum = 0L;
        foreach (var at in _instants) sum += _cron.GetNextOccurrence(at, CronCases.NewYork)!.Value.ToUnixTimeSeconds();
        return sum;
    }
}
