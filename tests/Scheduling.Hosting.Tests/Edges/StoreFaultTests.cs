using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;

namespace Scheduling.Hosting.Tests.Edges;

/// <summary>
/// Whatever any call to the store does (fault E5), from the start or later: the node lives, asks no more often than it may, says so once per change of state, and afterwards every slot has its row.
/// </summary>
public class StoreFaultTests
{
    /// <summary>Renewals of running work, tries with a backoff, and what follows when a call of another kind still works.</summary>
    private const double MostCallsPerSecond = 0.5;

    private const int MostCallsInOneSecond = 12;

    public static MatrixTheoryData<StoreCall, StoreFault, bool> Faults { get; } = new(
        [StoreCall.Initialize, StoreCall.Claim, StoreCall.Renew, StoreCall.Settle, StoreCall.Sweep, StoreCall.Engine, StoreCall.Read, StoreCall.Write, StoreCall.Enqueue, StoreCall.Cancel, StoreCall.All],
        [StoreFault.Throws, StoreFault.Hangs, StoreFault.LosesAnswer, StoreFault.ComesLate],
        [false, true]);

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Node_AnyCallFails_LivesWithoutSpinningAndLosesNothing(StoreCall call, StoreFault fault, bool fromTheStart)
    {
        var logs = new LogSink();
        await using var harness = new SchedulingHarness(s => Register(s, logs), nodes: 0);
        var node = harness.AddNode();
        var calls = new List<Instant>();
        if (!fromTheStart)
            await harness.AdvanceByAsync(Duration.FromMinutes(5));

        node.Store.Decide = asked =>
        {
            if ((asked & (StoreCall.Engine | StoreCall.Initialize)) != StoreCall.None)
                calls.Add(harness.Now);
            return (asked & call) != StoreCall.None ? fault : StoreFault.None;
        };
        await harness.AdvanceByAsync(Duration.FromMinutes(10));
        Assert.InRange(calls.Count, 0, (int)(MostCallsPerSecond * 600));
        Assert.InRange(calls.GroupBy(static at => at.ToUnixTimeSeconds()).Select(static second => second.Count()).DefaultIfEmpty().Max(), 0, MostCallsInOneSecond);
        node.Store.Heal();
        await harness.AdvanceByAsync(Duration.FromSeconds(330));

        Assert.Equal((HarnessNodeState.Running, EngineState.Running, 0), (node.State, node.Engine!.State, node.Engine.Unsettled));
        AssertTold(logs);
        var record = await harness.RecordAsync("acme", "job");
        Assert.Equal((long)((harness.Now - record.Job!.CreatedAt) / Duration.FromMinutes(1)), record.Executions.Sum(static run => run.Slots!.Value.Count));
        Assert.Equal(record.Executions.Count, record.Executions.Select(static run => run.ScheduledFor).Distinct().Count());
        Assert.Equal(ExecutionStatus.Succeeded, record.Executions.Last(static run => run.Status.IsTerminal()).Status);
    }

    [Theory]
    [InlineData(StoreFault.Throws)]
    [InlineData(StoreFault.Hangs)]
    [InlineData(StoreFault.LosesAnswer)]
    [InlineData(StoreFault.ComesLate)]
    public async Task Inspect_Fails_HealthSaysSoInTimeAndTheEngineDoesNotMind(StoreFault fault)
    {
        var logs = new LogSink();
        await using var harness = new SchedulingHarness(s => Register(s, logs));
        var node = harness.Nodes[0];
        await harness.AdvanceByAsync(Duration.FromMinutes(5));
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(harness, node)).Status);
        node.Store.Inject(StoreCall.Inspect, fault);

        for (var look = 0; look < 5; look++)
        {
            var sick = await HealthAsync(harness, node);
            Assert.Equal((HealthStatus.Unhealthy, "The store does not answer."), (sick.Status, sick.Description));
            Assert.NotNull(sick.Exception);
            await harness.AdvanceByAsync(Duration.FromMinutes(1));
        }
        node.Store.Heal();
        await harness.AdvanceByAsync(Duration.FromMinutes(1));

        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(harness, node)).Status);
        Assert.Equal((1, 0), (logs.CountOf(101), logs.CountOf(102)));
        (await harness.RecordAsync("acme", "job")).MissedNothing().SkippedNothing();
    }

    [Theory]
    [InlineData(StoreFault.Throws)]
    [InlineData(StoreFault.Hangs)]
    [InlineData(StoreFault.LosesAnswer)]
    [InlineData(StoreFault.ComesLate)]
    public async Task Leave_Fails_TheStopEndsAndSaysSoAndTheNextNodeGoesOn(StoreFault fault)
    {
        var logs = new LogSink();
        await using var harness = new SchedulingHarness(s => Register(s, logs));
        var node = harness.Nodes[0];
        await harness.AdvanceByAsync(Duration.FromSeconds(65));
        Assert.Equal(1, node.Engine!.Active);
        node.Store.Inject(StoreCall.Leave, fault);
        var before = harness.Now;

        await harness.StopNodeAsync(node);

        Assert.True(harness.Now - before <= Duration.FromSeconds(32), $"The stop took {harness.Now - before}.");
        Assert.Equal((HarnessNodeState.Stopped, EngineState.Stopped), (node.State, node.Engine!.State));
        Assert.Equal((1, 1, 1), (node.Store.CountOf(StoreCall.Leave), logs.CountOf(105), logs.CountOf(104)));
        node.Store.Heal();
        harness.AddNode();
        await harness.AdvanceByAsync(Duration.FromMinutes(5));
        (await harness.RecordAsync("acme", "job")).MissedNothing().SkippedNothing().StartedOnce();
    }

    private static async Task<HealthCheckResult> HealthAsync(SchedulingHarness harness, HarnessNode node)
    {
        var check = node.Services.GetRequiredService<SchedulingHealthCheck>();
        var asked = check.CheckHealthAsync(new HealthCheckContext { Registration = new HealthCheckRegistration("scheduling", check, HealthStatus.Unhealthy, tags: null) });
        await harness.AdvanceByAsync(Duration.FromSeconds(5));
        Assert.True(asked.IsCompleted, "The health check takes longer than it may.");
        return await asked;
    }

    /// <summary>One outage: "running" at first if it came to that, "unavailable" if it was noticed at all, and "running" in the end, however many calls failed and however many of others went well meanwhile.</summary>
    private static void AssertTold(LogSink logs)
    {
        var states = logs.Lines.Select(static line => line.EventId).Where(static id => id is 101 or 102).ToList();
        Assert.All(Enumerable.Range(1, states.Count - 1), i => Assert.NotEqual(states[i - 1], states[i]));
        Assert.Equal(101, states[^1]);
        Assert.InRange(states.Count, 1, 3);
    }

    private static void Register(SchedulingBuilder s, LogSink logs)
    {
        s.Services.AddSingleton<ILoggerProvider>(logs);
        s.AddExecutor("work", WorkAsync)
            .AddExecutor("nothing", static (_, _) => default)
            .AddJob("acme", new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Interval(Duration.FromMinutes(1)) })
            .AddJob("acme", new JobDefinition { Key = "other", Executor = "nothing", Schedule = Schedule.Manual });
    }

    /// <summary>Work of 20 seconds, so that its lease is renewed, which then uses every face that people use.</summary>
    private static async ValueTask<JobResult> WorkAsync(IServiceProvider services, JobContext run, CancellationToken ct)
    {
        var time = services.GetRequiredService<TimeProvider>();
        await Task.Delay(TimeSpan.FromSeconds(20), time, ct);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), time);
        var jobs = services.GetRequiredService<JobScheduler>().ForTenant(run.Tenant);
        await jobs.UpdateAsync(run.JobId, new JobChange { Name = $"run {run.Token}" }, ct: patience.Token);
        var asked = await jobs.RunNowAsync("other", ct: patience.Token);
        await jobs.Executions.CancelAsync(asked.Id, ct: patience.Token);
        return JobResult.Success();
    }
}
