using NodaTime;
using Scheduling.Policies;
using Scheduling.Running;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Tests.Running;

/// <summary>Sequences that a review found: each once made work late, doubled or stuck.</summary>
public class EngineReviewTests
{
    private static readonly JobDefinition Job = new() { Key = "job", Executor = "work", Schedule = Schedule.Manual };

    [Fact]
    public async Task TurnSetAsideForTheReserve_OthersWakeInTime()
    {
        await using var harness = new EngineHarness();
        var gate = new TaskCompletionSource();
        harness.AddNode(new EngineOptions { MaxConcurrentRuns = 8 }, executors: harness.Blocking("work", gate));
        for (var i = 0; i < 8; i++)
            await harness.Acme.CreateAsync(Job with { Key = $"job-{i}", Schedule = Schedule.Once(EngineHarness.Start) });
        await harness.SettleAsync();
        Assert.Equal(7, harness.Runs.Count);

        await harness.Scheduler.ForTenant("beta").CreateAsync(Job with { Schedule = Schedule.Once(EngineHarness.Start + Duration.FromSeconds(3)) });
        await harness.RunForAsync(Duration.FromSeconds(4));

        var beta = Assert.Single(harness.Runs, r => r.Tenant.Value == "beta");
        Assert.Equal(EngineHarness.Start + Duration.FromSeconds(3), beta.StartedAt);
        gate.SetResult();
    }

    [Fact]
    public async Task RenewalHangs_RunsAreGivenUpBeforeTheLeaseEnds()
    {
        await using var harness = new EngineHarness();
        var store = new FaultyStore(harness.Memory);
        var gate = new TaskCompletionSource();
        harness.AddNode(store: store, executors: harness.Blocking("work", gate));
        await harness.Acme.CreateAsync(Job);
        await harness.Acme.CreateAsync(Job with { Key = "second" });
        await harness.Acme.RunNowAsync("job");
        await harness.RunForAsync(Duration.FromSeconds(5));
        await harness.Acme.RunNowAsync("second");
        await harness.SettleAsync();

        // The last claim, at 5 s, made the lease good until 35 s.
        store.Hangs = true;
        harness.Clock.Advance(TimeSpan.FromSeconds(21));

        Assert.All(harness.Runs, run => Assert.Equal(RunCancelReason.LeaseLost, run.CancelReason));
        store.Hangs = false;
        gate.SetResult();
    }

    [Fact]
    public async Task RunGivenUpInAnOutageButStillOurs_CanTimeOutAndBeCancelled()
    {
        await using var harness = new EngineHarness();
        var store = new FaultyStore(harness.Memory);
        var gate = new TaskCompletionSource();
        var node = harness.AddNode(store: store, executors: harness.Blocking("work", gate, ignoresCancel: true));
        await harness.Acme.CreateAsync(Job with { Timeout = Duration.FromMinutes(10) });
        var started = await harness.Acme.RunNowAsync("job");
        await harness.SettleAsync();
        store.Fails = static (name, _) => name == "renew";
        harness.Clock.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal(RunCancelReason.LeaseLost, harness.Runs.Single().CancelReason);

        store.Fails = static (_, _) => false;
        await harness.RunForAsync(Duration.FromMinutes(12));

        var run = await harness.Acme.Executions.GetAsync(started.Id);
        Assert.Equal((ExecutionStatus.TimedOut, ExecutionReason.Timeout), (run!.Status, run.Reason));
        Assert.Equal(1, node.Engine.Snapshot().Detached);
        gate.SetResult();
    }

    [Fact]
    public async Task HungExecutorWithRetries_IsTimedOutAndNotStartedBesideItself()
    {
        await using var harness = new EngineHarness();
        var gate = new TaskCompletionSource();
        harness.AddNode(executors: harness.Blocking("work", gate, ignoresCancel: true));
        await harness.Acme.CreateAsync(Job with { Timeout = Duration.FromMinutes(1), Retry = RetryPolicy.Exponential(5, Duration.FromSeconds(1)) });
        var started = await harness.Acme.RunNowAsync("job");

        await harness.RunForAsync(Duration.FromMinutes(20));

        Assert.Single(harness.Runs);
        Assert.Equal(ExecutionStatus.TimedOut, (await harness.Acme.Executions.GetAsync(started.Id))!.Status);
        gate.SetResult();
    }

    [Fact]
    public void RetryPolicy_DelayOverAYear_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RetryPolicy.Exponential(1, Duration.FromDays(366)));
        Assert.Throws<ArgumentOutOfRangeException>(() => RetryPolicy.Exponential(1, Duration.FromDays(1), Duration.FromDays(16_000_000)));
    }

    [Fact]
    public async Task ChainOfAJobThatMayOverlap_GoesOnAndDoesNotGrow()
    {
        await using var harness = new EngineHarness();
        await harness.Acme.CreateAsync(Job with
        {
            Schedule = Schedule.Interval(Duration.FromMinutes(10)),
            Overlap = OverlapPolicy.Allow,
            Misfire = MisfirePolicy.RunAll(),
        });
        harness.Clock.Advance(TimeSpan.FromMinutes(45));
        var now = 0;
        harness.AddNode(executors: new ExecutorRegistration("work", (run, _) =>
        {
            harness.Runs.Enqueue(run);
            now++;
            return new(JobResult.Success());
        }));

        await harness.RunForAsync(Duration.FromHours(1));

        var job = await harness.Acme.GetAsync("job");
        Assert.Equal(0, job!.OpenExecutions);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (Instant?)(EngineHarness.Start + Duration.FromMinutes(10 * i))), harness.Runs.Select(r => r.ScheduledFor));
        Assert.Equal(10, now);
    }

    [Fact]
    public async Task LimitedTenantsPlaceBecomesFreeInAClaim_TheOtherEngineHearsOfIt()
    {
        await using var harness = new EngineHarness();
        var gate = new TaskCompletionSource();
        var first = harness.AddNode(executors: harness.Blocking("work", gate));
        harness.AddNode(executors: harness.Recording("other"));
        await harness.Scheduler.SetLimitsAsync(new TenantId("acme"), new TenantLimits { MaximumRunning = 1 });
        await harness.Acme.CreateAsync(Job);
        await harness.Acme.CreateAsync(Job with { Key = "theirs", Executor = "other" });
        await harness.Acme.RunNowAsync("job");
        await harness.SettleAsync();
        await harness.Acme.RunNowAsync("theirs");
        await harness.SettleAsync();
        Assert.Single(harness.Runs);

        gate.SetResult();
        await harness.Clock.UntilAsync(() => first.Engine.Snapshot().Active == 0);
        await harness.RunForAsync(Duration.FromSeconds(1));

        Assert.Contains(harness.Runs, r => r.JobKey == "theirs");
    }

    [Fact]
    public async Task DeletedOnceJobs_LeaveNothingBehind()
    {
        await using var harness = new EngineHarness();
        harness.AddNode();
        for (var i = 0; i < 20; i++)
        {
            await harness.Acme.CreateAsync(Job with { Schedule = Schedule.Once(harness.Clock.Now) });
            await harness.RunForAsync(Duration.FromSeconds(1));
            Assert.True(await harness.Acme.DeleteAsync("job"));
        }

        Assert.Empty(harness.Memory.State.Jobs);
        await harness.RunForAsync(Duration.FromMinutes(2));
        Assert.Empty(harness.Memory.State.Tombstones);
    }

    [Fact]
    public void Options_OutOfRange_AreRefusedAllAtOnce()
    {
        var options = new EngineOptions { MaxConcurrentRuns = 0, RenewInterval = Duration.FromSeconds(20), Retention = Duration.FromDays(10_000_000) };

        var refused = Assert.Throws<SchedulingValidationException>(() => new SchedulerEngine(new InMemoryStore(), [], options));

        Assert.Equal(["MaxConcurrentRuns", "RenewInterval", "Retention"], refused.Errors.Select(e => e.Field));
    }

    [Fact]
    public async Task Dispose_Twice_DoesNothingMore()
    {
        await using var harness = new EngineHarness();
        var node = harness.AddNode();

        await node.Engine.DisposeAsync();
        await node.Engine.DisposeAsync();

        Assert.Equal(EngineState.Stopped, node.Engine.Snapshot().State);
    }
}
