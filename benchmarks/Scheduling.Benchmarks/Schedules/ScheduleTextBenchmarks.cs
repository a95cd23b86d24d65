using BenchmarkDotNet.Attributes;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Benchmarks.Schedules;

/// <summary>Texts of schedules: what an API and a database store do once for each job.</summary>
public class ScheduleTextBenchmarks
{
    private const string Document = """{"pollingInterval":"ONE_WEEK","pollingIntervalCronExpression":{"hour":5,"dayOfWeek":2}}""";

    private static readonly Instant Now = Instant.FromUtc(2026, 3, 4, 15, 30, 20);

    private readonly Schedule _polling = Schedule.Polling(PollingInterval.OneWeek, hour: 5, dayOfWeek: 2);
    private readonly Schedule _cron = Schedule.Cron("*/10 12-20 * 12 3", "Europe/Paris");
    private readonly string _stored = ScheduleJson.Write(Schedule.Cron("*/10 12-20 * 12 3", "Europe/Paris"));

    [Benchmark]
    public ScheduleDocument DocumentParse() => ScheduleDocument.Parse(Document);

    [Benchmark]
    public string DocumentWrite() => ScheduleDocument.From(_polling).ToJson();

    [Benchmark]
    public bool StoredRead() => ScheduleJson.TryRead(_stored, out _, out _);

    [Benchmark]
    public string StoredWrite() => ScheduleJson.Write(_cron);

    [Benchmark]
    public string DescribePolling() => _polling.Describe();

    [Benchmark]
    public string DescribeCron() => _cron.Describe();

    [Benchmark]
    public int PreviewOfTen() => _cron.Preview(10, Now, default).Count;
}
