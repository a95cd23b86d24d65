using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Hosting.Tests.Edges;

/// <summary>Two real hosts on one store: each slot runs once, wherever.</summary>
public class TwoHostsTests
{
    [Fact]
    public async Task TwoHosts_OneStore_EachSlotRunsOnceAlsoAfterOneIsGone()
    {
        var time = new ManualTimeProvider(TestHost.Begin);
        var store = new FaultyStore(time);
        await using var one = await TestHost.StartAsync(static s => s.AddExecutor("x", static (_, _) => default), store: store, time: time);
        await using var two = await TestHost.StartAsync(static s => s.AddExecutor("x", static (_, _) => default), store: store, time: time);
        for (var i = 0; i < 10; i++)
            await one.Acme.CreateAsync(new JobDefinition { Key = $"job-{i}", Executor = "x", Schedule = Schedule.Interval(Duration.FromMinutes(1)) });

        await time.AdvanceAsync(TimeSpan.FromMinutes(10), () => one.IsAtRest && two.IsAtRest);
        await one.Host.StopAsync();
        await time.AdvanceAsync(TimeSpan.FromMinutes(10), () => two.IsAtRest);

        var rows = new List<Execution>();
        for (var page = await two.Acme.Executions.ListAsync(); ; page = await two.Acme.Executions.ListAsync(new ExecutionQuery { Cursor = page.Cursor }))
        {
            rows.AddRange(page.Items);
            if (!page.HasNextPage)
                break;
        }
        Assert.Equal(200, rows.Count);
        Assert.Equal(200, rows.Select(static run => (run.JobId, run.ScheduledFor)).Distinct().Count());
        Assert.All(rows, static run => Assert.Equal((ExecutionStatus.Succeeded, 1), (run.Status, run.Attempt)));
        Assert.Equal(0, one.Logs.CountOf(102) + two.Logs.CountOf(102));
    }

    /// <summary>In memory, each host has a store of its own: a job of one is nothing to the other, though both are in one process.</summary>
    [Fact]
    public async Task TwoHosts_InMemory_KnowNothingOfEachOther()
    {
        await using var one = await TestHost.StartAsync(static s => s.AddExecutor("x", static (_, _) => default));
        await using var two = await TestHost.StartAsync(static s => s.AddExecutor("x", static (_, _) => default));
        var job = await one.Acme.CreateAsync(TestHost.Manual("job", "x"));
        await one.RunAsync("job");

        Assert.Null(await two.Acme.GetAsync("job"));
        Assert.Null(await two.Acme.GetAsync(job.Id));
        Assert.Empty(await two.HistoryAsync());
        Assert.Single(await one.HistoryAsync());
        Assert.NotEqual(one.Engine.Owner, two.Engine.Owner);
    }
}
