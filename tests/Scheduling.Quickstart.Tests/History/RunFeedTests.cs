using Quickstart.History;
using Scheduling;
using Scheduling.Schedules;
using Scheduling.Storage;
using Scheduling.TestKit;

namespace Quickstart.Tests.History;

public class RunFeedTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly JobScheduler _scheduler;
    private readonly RunFeed _feed = new();

    public RunFeedTests() => _scheduler = new JobScheduler(new InMemoryStore(_time), time: _time);

    private ITenantJobs Acme => _scheduler.ForTenant("acme");

    [Fact]
    public async Task ReadAsync_AfterEachOfManyRuns_GivesThatOneOnly()
    {
        var job = await CreateAsync();
        for (var i = 0; i < 70; i++)
        {
            var ended = await EndARunAsync();
            Assert.Equal([ended], (await ReadAsync(job)).Select(static piece => piece.Row.Id));
        }
        Assert.Empty(await ReadAsync(job));
    }

    [Fact]
    public async Task ReadAsync_AfterMoreThanAPage_GivesAllOnce()
    {
        var job = await CreateAsync();
        await EndARunAsync();
        await ReadAsync(job);
        var ended = new List<ExecutionId>();
        for (var i = 0; i < 55; i++)
            ended.Insert(0, await EndARunAsync());
        Assert.Equal(ended, (await ReadAsync(job)).Select(static piece => piece.Row.Id));
        Assert.Empty(await ReadAsync(job));
    }

    [Fact]
    public async Task ReadAsync_OfAnOpenRun_WaitsForItsEnd()
    {
        var job = await CreateAsync();
        var open = await Acme.RunNowAsync(job.Id, ct: TestContext.Current.CancellationToken);
        Assert.Empty(await ReadAsync(job));
        await Acme.Executions.CancelAsync(open.Id, ct: TestContext.Current.CancellationToken);
        Assert.Equal(new RunTotals(0, 1, 0, 0), Assert.Single(await ReadAsync(job)).Change);
    }

    [Fact]
    public async Task WriteAsync_OfMoreThanAPage_CountsEveryRow()
    {
        await CreateAsync();
        for (var i = 0; i < ExecutionQuery.MaximumPageSize + 5; i++)
            await EndARunAsync();
        await using var output = new StringWriter();
        await new HistorySummary(_scheduler, _time, survives: false).WriteAsync(["acme"], output);
        Assert.EndsWith("1005 runs: 0 succeeded, 1005 failed, 0 skipped, 0 missed" + output.NewLine, output.ToString(), StringComparison.Ordinal);
    }

    private async Task<Job> CreateAsync() =>
        await Acme.CreateAsync(new JobDefinition { Key = "k", Executor = "e", Schedule = Schedule.Manual }, TestContext.Current.CancellationToken);

    // A pending run that is cancelled ends at once, so that a history needs no engine.
    private async Task<ExecutionId> EndARunAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var run = await Acme.RunNowAsync("k", ct: TestContext.Current.CancellationToken);
        await Acme.Executions.CancelAsync(run.Id, ct: TestContext.Current.CancellationToken);
        return run.Id;
    }

    private Task<List<RunNews>> ReadAsync(Job job) => _feed.ReadAsync(Acme, job, TestContext.Current.CancellationToken);
}
