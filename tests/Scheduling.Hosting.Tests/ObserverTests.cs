using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Running;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Hosting.Tests;

/// <summary>Observers hear of starts and of results that stand, and whatever they do harms no run.</summary>
public class ObserverTests
{
    [Theory]
    [InlineData("ok", ExecutionStatus.Succeeded, ExecutionReason.None, "done", null)]
    [InlineData("errors", ExecutionStatus.CompletedWithErrors, ExecutionReason.None, "three of four", null)]
    [InlineData("failed", ExecutionStatus.Failed, ExecutionReason.ReportedFailure, "not today", "not today")]
    [InlineData("throws", ExecutionStatus.Failed, ExecutionReason.Exception, null, "broken")]
    public async Task Run_OfEachEnd_IsToldAsStartedAndThenAsTheHistoryHasIt(string what, ExecutionStatus status, ExecutionReason reason, string? message, string? error)
    {
        var observer = new RecordingObserver();
        await using var host = await StartAsync(observer);
        await host.Acme.CreateAsync(TestHost.Manual(what, "x") with { Name = "A name" });

        var run = await host.RunAsync(what);
        await host.Time.UntilAsync(() => observer.Heard.Count == 2);

        var started = Assert.IsType<StartedExecution>(observer.Heard[0]);
        var settled = Assert.IsType<SettledExecution>(observer.Heard[1]);
        Assert.Equal(started, settled.Started);
        Assert.Equal((run.Id, run.Tenant, run.JobId, what, "A name", "x"), (started.Id, started.Tenant, started.JobId, started.JobKey, started.JobName, started.Executor));
        Assert.Equal((ExecutionTrigger.Manual, null, 0L, 1, run.Token, run.StartedAt), (started.Trigger, started.ScheduledFor, started.MissedCount, started.Attempt, started.Token, (Instant?)started.StartedAt));
        Assert.Equal((status, reason, message, error, null), (settled.Status, settled.Reason, settled.Message, settled.Error?.Message, settled.RetryAfter));
        Assert.Equal((run.Status, run.Reason), (settled.Status, settled.Reason));
    }

    [Fact]
    public async Task Run_OfASlot_IsToldWithItsSlot()
    {
        var observer = new RecordingObserver();
        await using var host = await StartAsync(observer);
        await host.Acme.CreateAsync(new JobDefinition { Key = "ok", Executor = "x", Schedule = Schedule.Cron("* * * * *") });

        await host.Time.AdvanceUntilAsync(() => observer.Settled.Count >= 1, () => IsAtRest(host, observer), TimeSpan.FromMinutes(2));

        var started = observer.Settled[0].Started;
        Assert.Equal((ExecutionTrigger.Schedule, Instant.FromUtc(2026, 3, 4, 15, 31)), (started.Trigger, started.ScheduledFor));
    }

    [Fact]
    public async Task Retry_IsToldAsPendingAndThenAsTheEnd()
    {
        var observer = new RecordingObserver();
        await using var host = await StartAsync(observer);
        await host.Acme.CreateAsync(TestHost.Manual("throws", "x") with { Retry = RetryPolicy.Exponential(1, Duration.FromSeconds(10)) });

        await host.Acme.RunNowAsync("throws");
        await host.Time.UntilAsync(() => observer.Settled.Count == 1);
        await host.Time.AdvanceUntilAsync(() => observer.Settled.Count == 2, () => IsAtRest(host, observer), TimeSpan.FromMinutes(1));

        Assert.Equal((ExecutionStatus.Pending, ExecutionReason.Exception, 1), (observer.Settled[0].Status, observer.Settled[0].Reason, observer.Settled[0].Started.Attempt));
        Assert.NotNull(observer.Settled[0].RetryAfter);
        Assert.Equal((ExecutionStatus.Failed, ExecutionReason.Exception, 2), (observer.Settled[1].Status, observer.Settled[1].Reason, observer.Settled[1].Started.Attempt));
    }

    [Fact]
    public async Task Stop_TellsWhatIsHandedBackBeforeItEnds()
    {
        var observer = new RecordingObserver();
        var begun = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(s => s
            .Configure(static o => o.ShutdownTimeout = TimeSpan.Zero)
            .AddExecutor("x", async (_, ct) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
                return JobResult.Success();
            }), services => services.AddSingleton<IExecutionObserver>(observer));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));
        await host.Acme.RunNowAsync("job");
        await begun.Task;

        await host.Host.StopAsync();

        Assert.Equal((ExecutionStatus.Pending, ExecutionReason.HandedBack), (Assert.Single(observer.Settled).Status, observer.Settled[0].Reason));
    }

    [Fact]
    public async Task Observer_ThatThrows_HarmsNeitherRunsNorOtherObserversAndIsLoggedOnce()
    {
        var broken = new RecordingObserver(static _ => throw new InvalidOperationException("the observer is broken"));
        var other = new RecordingObserver();
        await using var host = await StartAsync(broken, other);
        await host.Acme.CreateAsync(TestHost.Manual("ok", "x"));

        for (var i = 0; i < 3; i++)
            Assert.Equal(ExecutionStatus.Succeeded, (await host.RunAsync("ok")).Status);
        await host.Time.UntilAsync(() => other.Heard.Count == 6 && FailuresOf(host) == 6);

        Assert.Empty(broken.Heard);
        var line = host.Logs.Only(113);
        Assert.Equal(("the observer is broken", typeof(RecordingObserver).FullName), (line.Exception!.Message, line.Values["Observer"]));
        Assert.Equal(EngineState.Running, host.Engine.Snapshot().State);
    }

    [Fact]
    public async Task Observer_ThatWaitsForEver_IsCancelledAtItsLimitAndHearsTheNextNotice()
    {
        var calls = 0;
        var observer = new RecordingObserver(async ct =>
        {
            if (Interlocked.Increment(ref calls) == 1)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        });
        await using var host = await StartAsync(observer);
        await host.Acme.CreateAsync(TestHost.Manual("ok", "x"));

        Assert.Equal(ExecutionStatus.Succeeded, (await host.RunAsync("ok")).Status);
        await host.Time.UntilAsync(() => Volatile.Read(ref calls) == 1);
        Assert.Empty(observer.Heard);
        host.Time.Advance(TimeSpan.FromSeconds(10));
        await host.Time.UntilAsync(() => observer.Settled.Count == 1);

        Assert.Single(observer.Heard);
        Assert.Equal(typeof(RecordingObserver).FullName, host.Logs.Only(114).Values["Observer"]);
        Assert.Equal(1, FailuresOf(host));
    }

    [Fact]
    public async Task Observer_ThatBlocksItsThread_HoldsUpNobodyElse()
    {
        using var gate = new ManualResetEventSlim();
        var blocking = new RecordingObserver(_ =>
        {
            gate.Wait(TestContext.Current.CancellationToken);
            return default;
        });
        var other = new RecordingObserver();
        await using var host = await StartAsync(blocking, other);
        await host.Acme.CreateAsync(TestHost.Manual("ok", "x"));

        for (var i = 0; i < 3; i++)
            Assert.Equal(ExecutionStatus.Succeeded, (await host.RunAsync("ok")).Status);
        await host.Time.UntilAsync(() => other.Heard.Count == 6);

        Assert.Empty(blocking.Heard);
        gate.Set();
        await host.Time.UntilAsync(() => blocking.Heard.Count == 6);
    }

    [Fact]
    public async Task Lane_OfAnObserverThatNeverEnds_LeavesFourCallsBehindAndDropsWhatItHasNoRoomFor()
    {
        var time = new ManualTimeProvider(TestHost.Begin);
        var logs = new LogSink();
        var guard = new ObserverGuard(logs.CreateLogger("Scheduling"));
        var calls = 0;
        var never = new TaskCompletionSource();
        var lane = new ObserverLane(
            new RecordingObserver(_ =>
            {
                Interlocked.Increment(ref calls);
                return new ValueTask(never.Task);
            }),
            TimeSpan.FromSeconds(10),
            time,
            guard);

        for (var i = 0; i < 10; i++)
            lane.Tell(new ExecutionNotice(new StartedExecution()));
        for (var late = 1; late <= 4; late++)
        {
            await time.UntilAsync(() => Volatile.Read(ref calls) == late && time.HasTimerAt(time.GetTimestamp() + TimeSpan.FromSeconds(10).Ticks));
            time.Advance(TimeSpan.FromSeconds(10));
            await time.UntilAsync(() => guard.Failures == late);
        }
        for (var i = 0; i < 10_100; i++)
            lane.Tell(new ExecutionNotice(new StartedExecution()));
        var dropped = guard.Failures - 4;
        await lane.StopAsync(new CancellationToken(canceled: true));

        // Six were waiting (one of them in hand), and 10,000 have room.
        Assert.InRange(dropped, 105, 106);
        Assert.Equal(4, Volatile.Read(ref calls));
        Assert.Equal((1, 1), (logs.CountOf(114), logs.CountOf(115)));
        never.SetResult();
    }

    [Theory]
    [InlineData(SettlementOutcome.Accepted, 1)]
    [InlineData(SettlementOutcome.Repeated, 1)]
    [InlineData(SettlementOutcome.LeaseLost, 0)]
    public async Task Result_ThatIsRefused_IsNotTold(SettlementOutcome outcome, int told)
    {
        var observer = new RecordingObserver();
        var run = Claimed();
        await using (var observers = Observers(observer))
        {
            observers.RunStarted(run);
            observers.Settled([Result(run)], [outcome]);
            observers.Settled([Result(run)], [SettlementOutcome.Repeated]);
            await observers.StopAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        }

        Assert.Equal(told, observer.Settled.Count);
    }

    [Fact]
    public async Task Result_OfARunWhoseLeaseWasLost_IsNotTold()
    {
        var observer = new RecordingObserver();
        var run = Claimed();
        await using (var observers = Observers(observer))
        {
            observers.RunStarted(run);
            observers.LeaseLost(run);
            observers.Settled([Result(run)], [SettlementOutcome.Accepted]);
            await observers.StopAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        }

        Assert.IsType<StartedExecution>(Assert.Single(observer.Heard));
    }

    [Fact]
    public async Task AddObserver_TwiceAndBesideAService_TellsEachOnce()
    {
        var service = new RecordingObserver();
        var added = new RecordingObserver();
        await using var host = await TestHost.StartAsync(
            static s => s.AddObserver<RecordingObserver>().AddObserver<RecordingObserver>().AddExecutor("x", Work),
            services => services.AddSingleton(added).AddSingleton<IExecutionObserver>(_ => service));
        await host.Acme.CreateAsync(TestHost.Manual("ok", "x"));

        await host.RunAsync("ok");
        await host.Time.UntilAsync(() => service.Settled.Count == 1 && added.Settled.Count == 1);
        await host.Host.StopAsync();

        Assert.Equal((2, 2), (service.Heard.Count, added.Heard.Count));
    }

    [Fact]
    public async Task NoObserver_EngineHasNoMoreEventsThanBefore()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", Work));

        Assert.False(host.Services.GetRequiredService<ExecutionObservers>().Any);
    }

    // Every start that was told has its result.
    private static bool IsAtRest(TestHost host, RecordingObserver observer) => host.IsAtRest && observer.Heard.Count % 2 == 0;

    private static long FailuresOf(TestHost host) => host.Services.GetRequiredService<ObserverGuard>().Failures;

    private static ExecutionObservers Observers(IExecutionObserver observer) =>
        new([observer], TimeSpan.FromSeconds(10), new ManualTimeProvider(TestHost.Begin), new ObserverGuard(new LogSink().CreateLogger("Scheduling")));

    private static ClaimedRun Claimed() => new()
    {
        Id = ExecutionId.Parse("01890a5d-ac96-774b-bcce-b302099a8057"),
        Tenant = new TenantId("acme"),
        JobId = JobId.Parse("01890a5d-ac96-774b-bcce-b302099a8058"),
        Definition = TestHost.Manual("job", "x"),
        JobVersion = 1,
        Token = 7,
    };

    private static Settlement Result(ClaimedRun run) => new()
    {
        Id = run.Id,
        Tenant = run.Tenant,
        JobId = run.JobId,
        Executor = "x",
        Token = run.Token,
        Kind = SettlementKind.End,
        Status = ExecutionStatus.Succeeded,
    };

    private static Task<TestHost> StartAsync(params RecordingObserver[] observers) => TestHost.StartAsync(
        static s => s.AddExecutor("x", Work),
        services =>
        {
            foreach (var observer in observers)
                services.AddSingleton<IExecutionObserver>(observer);
        });

    private static async ValueTask<JobResult> Work(JobContext run, CancellationToken ct)
    {
        await Task.Yield();
        return run.JobKey switch
        {
            "errors" => JobResult.CompletedWithErrors("three of four"),
            "failed" => JobResult.Failed("not today"),
            "throws" => throw new InvalidOperationException("broken"),
            _ => JobResult.Success("done"),
        };
    }
}
