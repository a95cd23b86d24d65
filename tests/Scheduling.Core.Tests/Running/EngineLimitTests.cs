using NodaTime;
using Scheduling.Policies;
using Scheduling.Running;
using Scheduling.Schedules;

namespace Scheduling.Tests.Running;

/// <summary>Places of a node and an executor, the reserved eighth, and tenants' limits.</summary>
public class EngineLimitTests
{
    [Fact]
    public async Task MaxConcurrentRuns_MoreWorkThanPlaces_NeverMoreAtOnceAndAllDone()
    {
        await using var harness = new EngineHarness();
        var (now, most) = (0, 0);
        harness.AddNode(new EngineOptions { MaxConcurrentRuns = 4 }, executors: new ExecutorRegistration("work", async (run, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await Task.Yield();
            Interlocked.Decrement(ref now);
            harness.Runs.Enqueue(run);
            return JobResult.Success();
        }));
        await AddManyAsync(harness, "work", 100);

        await harness.RunForAsync(Duration.FromSeconds(10));

        Assert.Equal(100, harness.Runs.Select(r => r.JobKey).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(100, harness.Runs.Count);
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task ExecutorLimit_OneSlowExecutor_LeavesTheOtherItsPlaces()
    {
        await using var harness = new EngineHarness();
        var gate = new TaskCompletionSource();
        var node = harness.AddNode(new EngineOptions { MaxConcurrentRuns = 8 }, executors: [harness.Blocking("slow", gate, maxConcurrentRuns: 2), harness.Recording("quick")]);
        await AddManyAsync(harness, "slow", 20);
        await AddManyAsync(harness, "quick", 20);

        await harness.RunForAsync(Duration.FromSeconds(1));

        Assert.Equal(2, harness.Runs.Count(r => r.Executor == "slow"));
        Assert.Equal(20, harness.Runs.Count(r => r.Executor == "quick"));

        gate.SetResult();
        await harness.Clock.UntilAsync(() => node.Engine.Snapshot().Active == 0);
        await harness.RunForAsync(Duration.FromSeconds(1));
        Assert.Equal(20, harness.Runs.Count(r => r.Executor == "slow"));
    }

    [Fact]
    public async Task ReservedEighth_OneTenantFillsTheNode_AnotherStillStarts()
    {
        await using var harness = new EngineHarness();
        var gate = new TaskCompletionSource();
        harness.AddNode(new EngineOptions { MaxConcurrentRuns = 16 }, executors: harness.Blocking("work", gate));
        await AddManyAsync(harness, "work", 50);
        await harness.RunForAsync(Duration.FromSeconds(1));
        Assert.Equal(14, harness.Runs.Count);

        await harness.Scheduler.ForTenant("globex").CreateAsync(new JobDefinition { Key = "small", Executor = "work", Schedule = Schedule.Once(EngineHarness.Start) });
        await harness.RunForAsync(Duration.FromSeconds(1));

        Assert.Contains(harness.Runs, r => r.Tenant.Value == "globex");
        Assert.Equal(15, harness.Runs.Count);
        gate.SetResult();
    }

    [Fact]
    public async Task TenantMaximumRunning_TwoNodes_NeverExceededAndHeldWorkIsNotMissed()
    {
        await using var harness = new EngineHarness();
        var gate = new TaskCompletionSource();
        harness.AddNode(executors: harness.Blocking("work", gate));
        harness.AddNode(executors: harness.Blocking("work", gate));
        await harness.Scheduler.SetLimitsAsync(new TenantId("acme"), new TenantLimits { MaximumRunning = 3 });
        await AddManyAsync(harness, "work", 10);

        await harness.RunForAsync(Duration.FromMinutes(30));
        Assert.Equal(3, harness.Runs.Count);

        gate.SetResult();
        await harness.Clock.UntilAsync(() => harness.Nodes.All(n => n.Engine.Snapshot().Active == 0));
        await harness.RunForAsync(Duration.FromSeconds(30));
        Assert.Equal(10, harness.Runs.Count);
        Assert.All(harness.Runs, run => Assert.Equal(0, run.MissedCount));
    }

    [Fact]
    public async Task AllPlacesBusyForAnHour_DueRunsWaitAndTheMisfirePolicyDecides()
    {
        await using var harness = new EngineHarness();
        var gate = new TaskCompletionSource();
        var node = harness.AddNode(new EngineOptions { MaxConcurrentRuns = 1 }, executors: [harness.Blocking("slow", gate), harness.Recording("work")]);
        await harness.Acme.CreateAsync(new JobDefinition { Key = "slow", Executor = "slow", Schedule = Schedule.Manual });
        await harness.Acme.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Interval(Duration.FromMinutes(10)) });
        await harness.Acme.RunNowAsync("slow");

        await harness.RunForAsync(Duration.FromMinutes(65));
        gate.SetResult();
        await harness.Clock.UntilAsync(() => node.Engine.Snapshot().Active == 0);
        await harness.RunForAsync(Duration.FromSeconds(1));

        var run = Assert.Single(harness.Runs, r => r.JobKey == "job");
        Assert.Equal(5, run.MissedCount);
        Assert.Equal(EngineHarness.Start + Duration.FromMinutes(60), run.ScheduledFor);
    }

    [Fact]
    public async Task TenThousandDueAtOnce_OnRealThreads_EachRunsExactlyOnce()
    {
        await using var harness = new EngineHarness();
        harness.AddNode();
        harness.AddNode();
        await AddManyAsync(harness, "work", 10_000);

        await harness.RunForAsync(Duration.FromSeconds(5));

        Assert.Equal(10_000, harness.Runs.Count);
        Assert.Equal(10_000, harness.Runs.Select(r => r.JobKey).Distinct(StringComparer.Ordinal).Count());
    }

    private static async Task AddManyAsync(EngineHarness harness, string executor, int count)
    {
        for (var i = 0; i < count; i++)
            await harness.Acme.CreateAsync(new JobDefinition { Key = $"{executor}-{i}", Executor = executor, Schedule = Schedule.Once(EngineHarness.Start) });
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
            Interlocked.CompareExchange(ref target, value, seen);
    }
}
