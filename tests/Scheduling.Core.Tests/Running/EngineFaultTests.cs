using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Tests.Running;

/// <summary>Lost nodes, lost answers, stores that fail, and the graceful stop.</summary>
public class EngineFaultTests
{
    private static readonly JobDefinition Job = new() { Key = "job", Executor = "work", Schedule = Schedule.Manual };

    [Fact]
    public async Task RunOfTwoHours_IsRenewedAllTheTimeAndNeverTakenOver()
    {
        await using var harness = new EngineHarness();
        var gate = new TaskCompletionSource();
        harness.AddNode(executors: harness.Blocking("work", gate));
        await harness.Acme.CreateAsync(Job);
        await harness.Acme.RunNowAsync("job");
        await harness.SettleAsync();
        var other = harness.AddNode(executors: harness.Blocking("work", gate));

        await harness.RunForAsync(Duration.FromHours(2));

        Assert.Single(harness.Runs);
        Assert.Empty(other.Events.Started);
        Assert.All(other.Events.Sweeps, sweep => Assert.Equal(0, sweep.Reclaimed));
    }

    [Fact]
    public async Task NodeDies_AnotherStartsTheRunWithinLeaseAndSweepAndTheLateResultIsRefused()
    {
        await using var harness = new EngineHarness();
        var gate = new TaskCompletionSource();
        var firstStore = new FaultyStore(harness.Memory);
        var first = harness.AddNode(store: firstStore, executors: harness.Blocking("work", gate, ignoresCancel: true));
        var created = await harness.Acme.CreateAsync(Job);
        var started = await harness.Acme.RunNowAsync("job");
        await harness.SettleAsync();
        var second = harness.AddNode(executors: harness.Recording("work"));
        await harness.SettleAsync();

        firstStore.Fails = static (_, when) => when == FaultyStore.Before;
        first.IsAlive = false;
        await harness.RunForAsync(Duration.FromSeconds(40));

        Assert.Equal([1, 2], harness.Runs.Select(r => r.Attempt));
        Assert.Equal([1L, 2L], harness.Runs.Select(r => r.Token));
        Assert.Equal(started.Id, harness.Runs.Last().ExecutionId);
        var run = await harness.Acme.Executions.GetAsync(started.Id);
        Assert.Equal((ExecutionStatus.Succeeded, "node-2"), (run!.Status, run.Node));

        // The first node comes back and reports its late success.
        firstStore.Fails = static (_, _) => false;
        gate.SetResult();
        await harness.Clock.UntilAsync(() => first.Engine.Snapshot().Active == 0);
        await first.Engine.TickAsync();
        Assert.Equal(started.Id, Assert.Single(first.Events.Lost).Id);
        Assert.Equal("node-2", (await harness.Acme.Executions.GetAsync(started.Id))!.Node);
        Assert.Single(await harness.HistoryAsync(created.Id));
        Assert.NotEmpty(second.Events.Started);
    }

    [Fact]
    public async Task RenewalsFail_RunsAreGivenUpWhileTheLeaseIsStillGood()
    {
        await using var harness = new EngineHarness();
        var store = new FaultyStore(harness.Memory);
        var node = harness.AddNode(store: store, executors: harness.Blocking("work", new TaskCompletionSource()));
        await harness.Acme.CreateAsync(Job);
        await harness.Acme.RunNowAsync("job");
        await harness.SettleAsync();

        store.Fails = static (name, _) => name == "renew";
        harness.Clock.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal(RunCancelReason.None, harness.Runs.Single().CancelReason);
        harness.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(RunCancelReason.LeaseLost, harness.Runs.Single().CancelReason);
        Assert.Contains(node.Events.States, s => s.State == EngineState.StoreUnavailable && s.Cause is IOException);
    }

    [Theory]
    [InlineData("claim", FaultyStore.Before)]
    [InlineData("claim", FaultyStore.After)]
    [InlineData("settle", FaultyStore.Before)]
    [InlineData("settle", FaultyStore.After)]
    [InlineData("sweep", FaultyStore.Before)]
    [InlineData("sweep", FaultyStore.After)]
    [InlineData("renew", FaultyStore.Before)]
    [InlineData("renew", FaultyStore.After)]
    public async Task EveryThirdCallFails_EverySlotHasOneRowAndRunsOnce(string call, string when)
    {
        await using var harness = new EngineHarness();
        var store = new FaultyStore(harness.Memory);
        var node = harness.AddNode(store: store);
        await harness.Acme.CreateAsync(Job with { Schedule = Schedule.Interval(Duration.FromSeconds(10)) });
        var count = 0;
        store.Fails = (name, phase) => name == call && phase == when && ++count % 3 == 0;

        for (var second = 0; second < 600; second++)
        {
            harness.Clock.Advance(TimeSpan.FromSeconds(1));
            await TickDespiteFailuresAsync(harness, node);
        }

        var slots = harness.Runs.Select(r => r.ScheduledFor!.Value).ToList();
        Assert.Equal(Enumerable.Range(1, 60).Select(i => EngineHarness.Start + Duration.FromSeconds(10 * i)), slots);
        var history = await harness.HistoryAsync("job");
        Assert.Equal(60, history.Count);
        Assert.All(history, e => Assert.Equal(ExecutionStatus.Succeeded, e.Status));
    }

    [Fact]
    public async Task ClaimAnswerLostAndNodeGone_AnotherNodeStartsTheRuns()
    {
        await using var harness = new EngineHarness();
        var store = new FaultyStore(harness.Memory) { Fails = static (name, when) => name == "claim" && when == FaultyStore.After };
        var first = harness.AddNode(store: store);
        await harness.Acme.CreateAsync(Job);
        await harness.Acme.RunNowAsync("job");
        await Assert.ThrowsAsync<IOException>(() => first.TickAsync());
        first.IsAlive = false;

        harness.AddNode(store: harness.Memory);
        await harness.RunForAsync(Duration.FromSeconds(41));

        Assert.Equal(2, Assert.Single(harness.Runs).Attempt);
    }

    [Fact]
    public async Task Stop_RunningAndUnstartedRuns_AreHandedBackAndStartElsewhereAtOnce()
    {
        await using var harness = new EngineHarness();
        var first = harness.AddNode(executors: harness.Blocking("work", new TaskCompletionSource()));
        await harness.Acme.CreateAsync(Job);
        var started = await harness.Acme.RunNowAsync("job");
        await harness.SettleAsync();

        first.IsAlive = false;
        var stop = first.Engine.StopAsync(Duration.FromSeconds(25));
        harness.Clock.Advance(TimeSpan.FromSeconds(26));
        await harness.Clock.UntilAsync(() => stop.IsCompleted);
        Assert.Equal(RunCancelReason.Stopping, harness.Runs.Single().CancelReason);
        var handedBack = await harness.Acme.Executions.GetAsync(started.Id);
        Assert.Equal((ExecutionStatus.Pending, ExecutionReason.HandedBack), (handedBack!.Status, handedBack.Reason));

        harness.AddNode(executors: harness.Recording("work"));
        await harness.SettleAsync();
        Assert.Equal([1, 2], harness.Runs.Select(r => r.Attempt));
        Assert.Equal(ExecutionStatus.Succeeded, (await harness.Acme.Executions.GetAsync(started.Id))!.Status);
        Assert.Equal(EngineState.Stopped, first.Engine.Snapshot().State);
    }

    [Fact]
    public async Task Stop_RunsThatEndInTime_AreSettledAndNothingIsCancelled()
    {
        await using var harness = new EngineHarness();
        var gate = new TaskCompletionSource();
        var node = harness.AddNode(executors: harness.Blocking("work", gate));
        await harness.Acme.CreateAsync(Job);
        var started = await harness.Acme.RunNowAsync("job");
        await harness.SettleAsync();

        node.IsAlive = false;
        var stop = node.Engine.StopAsync(Duration.FromSeconds(25));
        gate.SetResult();
        await harness.Clock.UntilAsync(() => stop.IsCompleted);

        Assert.Equal(ExecutionStatus.Succeeded, (await harness.Acme.Executions.GetAsync(started.Id))!.Status);
        Assert.Equal(RunCancelReason.None, harness.Runs.Single().CancelReason);
        Assert.Equal(0, (await harness.Memory.Claims.InspectAsync(default)).LiveProcesses);
    }

    [Fact]
    public async Task Stop_ExecutorIgnoresItsToken_EndsWhenTheHostSaysSoAndHandsBack()
    {
        await using var harness = new EngineHarness();
        var gate = new TaskCompletionSource();
        var node = harness.AddNode(executors: harness.Blocking("work", gate, ignoresCancel: true));
        await harness.Acme.CreateAsync(Job);
        var started = await harness.Acme.RunNowAsync("job");
        await harness.SettleAsync();
        using var hostLimit = new CancellationTokenSource(TimeSpan.FromSeconds(30), harness.Clock);

        node.IsAlive = false;
        var stop = node.Engine.StopAsync(Duration.FromSeconds(25), hostLimit.Token);
        harness.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(stop.IsCompleted);
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        await harness.Clock.UntilAsync(() => stop.IsCompleted);

        var run = await harness.Acme.Executions.GetAsync(started.Id);
        Assert.Equal((ExecutionStatus.Pending, ExecutionReason.HandedBack, 1), (run!.Status, run.Reason, run.Attempt));
        gate.SetResult();
    }

    [Fact]
    public async Task Stop_StoreDown_EndsAllTheSame()
    {
        await using var harness = new EngineHarness();
        var store = new FaultyStore(harness.Memory);
        var node = harness.AddNode(store: store);
        await harness.Acme.CreateAsync(Job);
        store.Fails = static (_, _) => true;

        node.IsAlive = false;
        await node.Engine.StopAsync(Duration.Zero, new CancellationToken(canceled: true));

        Assert.Equal(EngineState.Stopped, node.Engine.Snapshot().State);
    }

    [Fact]
    public async Task WallClockJump_OwnAndOthersLeasesAreNotJudgedForOneLease()
    {
        await using var harness = new EngineHarness();
        var gate = new TaskCompletionSource();
        harness.AddNode(executors: harness.Blocking("work", gate));
        await harness.Acme.CreateAsync(Job);
        await harness.Acme.RunNowAsync("job");
        await harness.SettleAsync();
        var other = harness.AddNode(executors: harness.Blocking("work", gate));
        await harness.SettleAsync();

        harness.Clock.Jump(TimeSpan.FromHours(1));
        await harness.RunForAsync(Duration.FromMinutes(5));

        Assert.Single(harness.Runs);
        Assert.All(other.Events.Sweeps, sweep => Assert.Equal(0, sweep.Reclaimed));
    }

    [Fact]
    public async Task StoreHangsAndListensToNoToken_TheCallEndsAtItsLimitAndNothingIsLost()
    {
        await using var harness = new EngineHarness();
        var store = new FaultyStore(harness.Memory);
        var node = harness.AddNode(store: store);
        await harness.Acme.CreateAsync(Job);
        await harness.SettleAsync();
        await harness.Acme.RunNowAsync("job");

        store.Hangs = true;
        var tick = node.TickAsync();
        harness.Clock.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tick);

        store.Hangs = false;
        await harness.SettleAsync();
        Assert.Single(harness.Runs);
    }

    [Fact]
    public async Task WallClockBack_EndedExecutionsAreStillFound()
    {
        await using var harness = new EngineHarness();
        harness.AddNode();
        await harness.Acme.CreateAsync(Job);
        var before = await harness.Acme.RunNowAsync("job");
        await harness.SettleAsync();

        harness.Clock.Jump(TimeSpan.FromHours(-2));
        var after = await harness.Acme.RunNowAsync("job");
        await harness.SettleAsync();

        Assert.Equal(ExecutionStatus.Succeeded, (await harness.Acme.Executions.GetAsync(before.Id))!.Status);
        Assert.Equal(ExecutionStatus.Succeeded, (await harness.Acme.Executions.GetAsync(after.Id))!.Status);
        Assert.Equal([after.Id, before.Id], (await harness.HistoryAsync("job")).Select(e => e.Id));
    }

    [Fact]
    public async Task StartAfterALongOutage_NothingIsParkedForWantOfAnExecutor()
    {
        await using var harness = new EngineHarness();
        await harness.Acme.CreateAsync(Job with { Key = "ours", Schedule = Schedule.Once(EngineHarness.Start) });
        await harness.Acme.CreateAsync(Job with { Key = "theirs", Executor = "other", Schedule = Schedule.Once(EngineHarness.Start) });
        harness.Clock.Advance(TimeSpan.FromDays(3));
        var node = harness.AddNode();

        await harness.RunForAsync(Duration.FromMinutes(9));
        Assert.Equal("ours", Assert.Single(harness.Runs).JobKey);
        Assert.Equal(JobState.Active, (await harness.Acme.GetAsync("theirs"))!.State);

        await harness.RunForAsync(Duration.FromMinutes(3));
        Assert.Equal(JobState.Parked, (await harness.Acme.GetAsync("theirs"))!.State);
        Assert.Single(node.Events.Sweeps.SelectMany(s => s.Parked));

        harness.AddNode(executors: harness.Recording("other"));
        await harness.RunForAsync(Duration.FromSeconds(1));
        Assert.Contains(harness.Runs, r => r.JobKey == "theirs");
    }

    private static async Task TickDespiteFailuresAsync(EngineHarness harness, EngineNode node)
    {
        for (var failures = 0; failures < 3;)
        {
            try
            {
                await harness.SettleAsync();
                return;
            }
            catch (IOException)
            {
                failures++;
                await harness.Clock.UntilAsync(() => node.Engine.Snapshot().Active == 0);
            }
        }
    }
}
