using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Scheduling.Hosting;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Testing.Tests.Harness;

/// <summary>The harness on one node: time, executors, what a job did.</summary>
public class SchedulingHarnessTests
{
    private static readonly Instant Start = new HarnessOptions().Start;

    [Fact]
    public async Task Advance_JobEveryHour_RunsAtEachHourAndAtNoOtherTime()
    {
        await using var harness = new SchedulingHarness(static s => s.AddExecutor("work", static (_, _) => default));
        await harness.ForTenant("acme").CreateAsync(Every("sync", Duration.FromHours(1)));

        await harness.AdvanceByAsync(Duration.FromHours(3));

        (await harness.RecordAsync("acme", "sync")).Ran(3).RanAt(Hour(1), Hour(2), Hour(3)).MissedNothing().SkippedNothing().StartedOnce().NothingOpen();
        Assert.Equal(Start + Duration.FromHours(3), harness.Now);
    }

    [Fact]
    public async Task Advance_ExecutorThatWaitsOnVirtualTime_TakesThatTime()
    {
        await using var harness = new SchedulingHarness(s => s.AddExecutor("work", WaitAsync(Duration.FromMinutes(40))));
        await harness.ForTenant("acme").CreateAsync(Every("sync", Duration.FromMinutes(30)));

        await harness.AdvanceByAsync(Duration.FromMinutes(75));

        var record = await harness.RecordAsync("acme", "sync");
        record.Ran(1).RanAt(Start + Duration.FromMinutes(30)).SkippedBecause(ExecutionReason.Overlap, 1);
        Assert.Equal(Start + Duration.FromMinutes(70), record.Successes.Single().EndedAt);
    }

    [Fact]
    public async Task RunUntilIdle_RetriesAndSlowWork_GoesAsFarAsTheyTakeAndNoFurther()
    {
        var attempts = 0;
        await using var harness = new SchedulingHarness(s => s.AddExecutor("work", (_, _) => ValueTask.FromResult(++attempts < 3 ? JobResult.Failed("not yet") : JobResult.Success())));
        await harness.ForTenant("acme").CreateAsync(Every("sync", Duration.FromDays(300)) with { Retry = RetryPolicy.Exponential(5, Duration.FromMinutes(10)) });
        await harness.ForTenant("acme").RunNowAsync("sync");

        await harness.RunUntilIdleAsync();

        var record = await harness.RecordAsync("acme", "sync");
        record.Ran(1).NothingOpen();
        Assert.Equal(3, record.Executions.Single().Attempt);
        Assert.Equal(record.Executions.Single().EndedAt, harness.Now);
    }

    [Fact]
    public async Task Advance_ExecutorOnPoolThreads_IsWaitedForInRealTime()
    {
        await using var harness = new SchedulingHarness(static s => s.AddExecutor("work", static async (_, ct) =>
        {
            await Task.Yield();
            await Task.Run(static () => Thread.SpinWait(10_000), ct);
            return JobResult.Success();
        }));
        await harness.ForTenant("acme").CreateAsync(Every("sync", Duration.FromMinutes(1)));

        await harness.AdvanceByAsync(Duration.FromMinutes(100));

        var record = await harness.RecordAsync("acme", "sync");
        record.Ran(100);
        Assert.All(record.Executions, static run => Assert.Equal(run.StartedAt, run.EndedAt));
    }

    [Fact]
    public async Task Advance_ExecutorThatWaitsForSomethingElse_IsNamed()
    {
        var never = new TaskCompletionSource<JobResult>();
        await using var harness = new SchedulingHarness(s => s.AddExecutor("work", (_, _) => new ValueTask<JobResult>(never.Task)), new HarnessOptions { RealTimeLimit = Duration.FromMilliseconds(50) });
        await harness.ForTenant("acme").CreateAsync(Every("sync", Duration.FromMinutes(1)));

        var stuck = await Assert.ThrowsAsync<TimeoutException>(() => harness.AdvanceByAsync(Duration.FromMinutes(2)));

        Assert.Contains("a run of acme/sync (executor work)", stuck.Message, StringComparison.Ordinal);
        Assert.Contains("CreateGate", stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gate_HoldsExecutorsWhileTimeGoesOn()
    {
        HarnessGate gate = null!;
        await using var harness = new SchedulingHarness(s => s.AddExecutor("work", async (_, ct) =>
        {
            await gate.WaitAsync(ct);
            return JobResult.Success();
        }));
        gate = harness.CreateGate();
        await harness.ForTenant("acme").CreateAsync(Every("sync", Duration.FromMinutes(10)));

        await harness.AdvanceByAsync(Duration.FromMinutes(25));
        (await harness.RecordAsync("acme", "sync")).Ran(0).SkippedBecause(ExecutionReason.Overlap, 1);
        Assert.Equal(1, gate.Waiting);
        gate.Open();
        await harness.AdvanceByAsync(Duration.Zero);

        (await harness.RecordAsync("acme", "sync")).Ran(1).NothingOpen();
    }

    [Fact]
    public async Task Executor_OfAClassWithServices_HasTheHarnesssTimeAndStore()
    {
        await using var harness = new SchedulingHarness(static s =>
        {
            s.Services.AddSingleton<Seen>();
            s.AddExecutor<Looks>("work").AddJob("acme", Every("declared", Duration.FromMinutes(1)));
        });

        await harness.AdvanceByAsync(Duration.FromMinutes(1));

        var seen = harness.Nodes[0].Services.GetRequiredService<Seen>();
        Assert.Equal((Start + Duration.FromMinutes(1), "declared"), (seen.Now, seen.Job));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Seed_ExecutorsThatCallTheStore_GoOn(int seed)
    {
        await using var harness = new SchedulingHarness(
            static s => s.AddExecutor("work", static async (services, run, ct) =>
            {
                await services.GetRequiredService<JobScheduler>().ForTenant(run.Tenant).UpdateAsync(run.JobId, new JobChange { Name = $"token {run.Token}" }, ct: ct);
                return JobResult.Success();
            }),
            nodes: 2,
            new HarnessOptions { Seed = seed, RealTimeLimit = Duration.FromSeconds(5) });
        await harness.ForTenant("acme").CreateAsync(Every("sync", Duration.FromMinutes(1)));

        await harness.AdvanceByAsync(Duration.FromMinutes(30));

        var record = await harness.RecordAsync("acme", "sync");
        record.Ran(30).StartedOnce();
        Assert.Equal($"token {record.Executions[^1].Token}", record.Job!.Definition.Name);
    }

    [Fact]
    public async Task StopNode_ExecutorThatEndsBetweenItsHandBackAndTheLastWord_HoldsNobodyUp()
    {
        await using var harness = new SchedulingHarness(
            static s => s.Configure(static o => o.ShutdownTimeout = TimeSpan.FromSeconds(30)).AddExecutor("work", static async (services, _, _) =>
            {
                await Task.Delay(TimeSpan.FromSeconds(31), services.GetRequiredService<TimeProvider>(), CancellationToken.None);
                return JobResult.Success();
            }),
            new HarnessOptions { RealTimeLimit = Duration.FromSeconds(2) });
        await harness.ForTenant("acme").CreateAsync(Every("sync", Duration.FromDays(1)));
        await harness.ForTenant("acme").RunNowAsync("sync");
        await harness.AdvanceByAsync(Duration.Zero);
        harness.Nodes[0].Store.Inject(StoreCall.Settle | StoreCall.Leave, StoreFault.Hangs);

        await harness.StopNodeAsync(harness.Nodes[0]);

        Assert.Equal(Start + Duration.FromSeconds(32), harness.Now);
    }

    [Fact]
    public async Task Drive_FromAnExecutor_IsRefused()
    {
        SchedulingHarness harness = null!;
        await using var made = harness = new SchedulingHarness(s => s.AddExecutor("work", async (_, _) =>
        {
            await harness.AdvanceByAsync(Duration.FromDays(1));
            return JobResult.Success();
        }));
        await harness.ForTenant("acme").CreateAsync(Every("sync", Duration.FromDays(1)));
        await harness.ForTenant("acme").RunNowAsync("sync");

        await harness.RunUntilIdleAsync();

        (await harness.RecordAsync("acme", "sync")).Ended(ExecutionStatus.Failed, 1);
    }

    [Fact]
    public void Registration_WithProblems_IsRefusedAtOnce() =>
        Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            new SchedulingHarness(static s => s.AddExecutor("work", static (_, _) => default).AddExecutor("work", static (_, _) => default)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Advance_AMonth_IsTheSameWithAndWithoutTheIdleLooks(bool skips)
    {
        await using var harness = new SchedulingHarness(static s => s.AddExecutor("work", static (_, _) => default), new HarnessOptions { SkipsIdleLooks = skips });
        await harness.ForTenant("acme").CreateAsync(Every("sync", Duration.FromHours(12)));

        await harness.AdvanceByAsync(Duration.FromDays(30));

        (await harness.RecordAsync("acme", "sync")).Ran(60).MissedNothing();
        var claims = harness.Nodes[0].Store.CountOf(StoreCall.Claim);
        Assert.True(skips ? claims < 200 : claims > 80_000, $"{claims} claims");
    }

    private static JobDefinition Every(string key, Duration every) => new() { Key = key, Executor = "work", Schedule = Schedule.Interval(every) };

    private static Instant Hour(int hour) => Start + Duration.FromHours(hour);

    private static Func<IServiceProvider, JobContext, CancellationToken, ValueTask<JobResult>> WaitAsync(Duration time) => async (services, _, ct) =>
    {
        await Task.Delay(time.ToTimeSpan(), services.GetRequiredService<TimeProvider>(), ct);
        return JobResult.Success();
    };

    private sealed class Seen
    {
        public Instant Now { get; set; }

        public string Job { get; set; } = "";
    }

    private sealed class Looks(Seen seen, TimeProvider time, JobScheduler jobs) : IJobExecutor
    {
        public async ValueTask<JobResult> ExecuteAsync(JobContext run, CancellationToken ct)
        {
            seen.Now = Instant.FromDateTimeOffset(time.GetUtcNow());
            seen.Job = (await jobs.ForTenant(run.Tenant).GetAsync(run.JobId, ct))!.Key;
            return JobResult.Success();
        }
    }
}
