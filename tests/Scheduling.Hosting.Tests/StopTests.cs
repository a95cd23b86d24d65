using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;

namespace Scheduling.Hosting.Tests;

/// <summary>A graceful stop loses nothing (faults E1-E4 within one process).</summary>
public class StopTests
{
    [Fact]
    public async Task Stop_TwentyRunsOfFiveSeconds_LetsAllEndAndClaimsNothingMore()
    {
        var begun = 0;
        await using var host = await StartAsync(async (_, ct, time) =>
        {
            var work = Task.Delay(TimeSpan.FromSeconds(5), time, ct);
            Interlocked.Increment(ref begun);
            await work;
        });
        var runs = new List<Execution>();
        for (var i = 0; i < 20; i++)
        {
            await host.Acme.CreateAsync(TestHost.Manual($"job-{i}", "x"));
            runs.Add(await host.Acme.RunNowAsync($"job-{i}"));
        }
        await host.Time.UntilAsync(() => Volatile.Read(ref begun) == 20);
        await host.Acme.CreateAsync(TestHost.Manual("late", "x"));

        var stop = host.Host.StopAsync();
        await host.Time.UntilAsync(() => host.Engine.Snapshot().State == EngineState.Stopping);
        var claims = host.Store.CountOf("Claim");
        var late = await host.Acme.RunNowAsync("late");
        host.Time.Advance(TimeSpan.FromSeconds(5));
        await stop;

        Assert.All(runs, run => Assert.Equal(ExecutionStatus.Succeeded, StatusOf(host, run.Id)));
        Assert.Equal(ExecutionStatus.Pending, StatusOf(host, late.Id));
        Assert.Equal(claims, host.Store.CountOf("Claim"));
        Assert.Equal(1, host.Store.CountOf("Leave"));
        Assert.Equal(EngineState.Stopped, host.Engine.Snapshot().State);
        Assert.Equal(1, host.Logs.CountOf(103));
        Assert.Equal(1, host.Logs.CountOf(104));
    }

    [Fact]
    public async Task Stop_RunOfTenMinutes_IsCancelledFiveSecondsBeforeTheLimitAndStartsElsewhereAtOnce()
    {
        var reasons = new ConcurrentQueue<(RunCancelReason, Instant)>();
        var begun = new TaskCompletionSource();
        await using var host = await StartAsync(async (run, ct, time) =>
        {
            // Registered last, called first: before the delay lets the run end.
            var work = Task.Delay(TimeSpan.FromMinutes(10), time, ct);
            ct.Register(() => reasons.Enqueue((run.CancelReason, Instant.FromDateTimeOffset(time.GetUtcNow()))));
            begun.SetResult();
            await work;
        });
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));
        var run = await host.Acme.RunNowAsync("job");
        await begun.Task;

        var stop = host.Host.StopAsync();
        await host.Time.UntilAsync(() => host.Engine.Snapshot().State == EngineState.Stopping && host.Loop.ExecuteTask!.IsCompleted);
        await host.Time.AdvanceAsync(TimeSpan.FromSeconds(24), () => StopSleeps(host));
        Assert.Empty(reasons);
        await host.Time.AdvanceAsync(TimeSpan.FromSeconds(1), () => StopSleeps(host) || !reasons.IsEmpty);
        await stop;

        Assert.Equal((RunCancelReason.Stopping, TestHost.Begin + Duration.FromSeconds(25)), Assert.Single(reasons));
        var handedBack = await host.Acme.Executions.GetAsync(run.Id);
        Assert.Equal((ExecutionStatus.Pending, ExecutionReason.HandedBack), (handedBack!.Status, handedBack.Reason));

        await using var other = await TestHost.StartAsync(
            static s => s.AddExecutor("x", static (run, _) => ValueTask.FromResult(JobResult.Success($"attempt {run.Attempt}, token {run.Token}"))), store: host.Store, time: host.Time);
        var ended = await other.EndOfAsync(run.Id);
        Assert.Equal((ExecutionStatus.Succeeded, "attempt 2, token 2"), (ended.Status, ended.Message));
        Assert.Equal(host.Time.Now, ended.StartedAt);
    }

    [Fact]
    public async Task Stop_RunThatIgnoresItsToken_EndsAtTheHostsLimitAndHandsItBack()
    {
        var never = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        await using var host = await StartAsync((_, _, _) =>
        {
            begun.SetResult();
            return never.Task;
        });
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));
        var run = await host.Acme.RunNowAsync("job");
        await begun.Task;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), host.Time);

        var stop = host.Loop.StopAsync(limit.Token);
        await host.Time.UntilAsync(() => host.Engine.Snapshot().State == EngineState.Stopping);
        host.Time.Advance(TimeSpan.FromSeconds(30));
        await stop;

        Assert.Equal(ExecutionStatus.Pending, StatusOf(host, run.Id));
        Assert.Equal(1, host.Store.CountOf("Leave"));
        never.SetResult();
    }

    [Theory]
    [InlineData("Claim")]
    [InlineData("Initialize")]
    public async Task Stop_StoreDown_EndsAtOnce(string call)
    {
        await using var host = TestHost.Create(static s => s.AddExecutor("x", static (_, _) => default));
        host.Store.Before = name => name == call ? new IOException("no route to the store") : null;
        await host.Host.StartAsync();
        await host.Time.UntilAsync(() => host.Logs.CountOf(102) == 1);

        await host.Host.StopAsync();

        Assert.Equal(TestHost.Begin, host.Time.Now);
        Assert.Equal(1, host.Logs.CountOf(104));
        Assert.True(host.Loop.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Stop_StoreDownAtTheEnd_SaysOnceThatTheRestIsLeftToTheLease()
    {
        await using var host = await StartAsync(static (_, _, _) => Task.CompletedTask);
        host.Store.Before = static _ => new IOException("no route to the store");

        await host.Host.StopAsync();

        Assert.Equal("no route to the store", host.Logs.Only(105).Exception!.Message);
        Assert.Equal(1, host.Logs.CountOf(104));
    }

    [Fact]
    public async Task Stop_Twice_IsOneStop()
    {
        await using var host = await StartAsync(static (_, _, _) => Task.CompletedTask);

        await Task.WhenAll(host.Loop.StopAsync(CancellationToken.None), host.Loop.StopAsync(CancellationToken.None));
        await host.Host.StopAsync();

        Assert.Equal(1, host.Store.CountOf("Leave"));
        Assert.Equal(1, host.Logs.CountOf(104));
    }

    [Fact]
    public async Task Stop_NeverStarted_DoesNothing()
    {
        await using var host = TestHost.Create();

        await host.Loop.StopAsync(CancellationToken.None);

        Assert.Equal(0, host.Store.Calls);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public async Task Stop_ShorterLimitThanTheMargin_CancelsAtOnce(int seconds)
    {
        var cancelled = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        await using var host = await StartAsync(
            async (_, ct, time) =>
            {
                ct.Register(cancelled.SetResult);
                begun.SetResult();
                await Task.Delay(TimeSpan.FromMinutes(10), time, ct);
            },
            o => o.ShutdownTimeout = TimeSpan.FromSeconds(seconds));
        await host.Acme.CreateAsync(TestHost.Manual("job", "x"));
        await host.Acme.RunNowAsync("job");
        await begun.Task;

        await host.Host.StopAsync();

        Assert.True(cancelled.Task.IsCompleted);
        Assert.Equal(TestHost.Begin, host.Time.Now);
    }

    [Fact]
    public async Task Stop_AtEveryMoment_LosesNoSlotAndNoRun()
    {
        // Each round stops at another point of the work; what was claimed is run or handed back, and the next host goes on with it.
        var time = new ManualTimeProvider(TestHost.Begin);
        var store = new FaultyStore(time);
        var done = new ConcurrentQueue<(Instant?, long)>();
        for (var round = 0; round < 40; round++)
        {
            await using var host = TestHost.Create(
                s => s
                    .AddExecutor("x", (run, _) =>
                    {
                        done.Enqueue((run.ScheduledFor, run.MissedCount));
                        return ValueTask.FromResult(JobResult.Success());
                    })
                    .AddJob("acme", new JobDefinition { Key = "job", Executor = "x", Schedule = Schedule.Interval(Duration.FromSeconds(10)) }),
                store: store,
                time: time);
            await host.Host.StartAsync();
            var enough = store.Calls + (round % 5);
            await time.UntilAsync(() => store.Calls >= enough || host.Loop.WakesAt > long.MinValue);
            time.Advance(TimeSpan.FromSeconds(5));
            await host.Host.StopAsync();
            Assert.Equal(0, host.Logs.CountOf(102));
        }

        await using var last = await TestHost.StartAsync(static s => s.AddExecutor("x", static (_, _) => default), store: store, time: time);
        await time.UntilAsync(() => last.IsAtRest);
        var slots = (await last.HistoryAsync()).Where(static run => run.Slots is not null).OrderBy(static run => run.ScheduledFor).ToList();

        // A run that was handed back is open until the next host ends it, and slots meanwhile are skipped for overlap.
        Assert.All(slots, run => Assert.True(run is { Status: ExecutionStatus.Succeeded } or { Status: ExecutionStatus.Skipped, Reason: ExecutionReason.Overlap }, run.ToString()));
        var created = (await last.Acme.GetAsync("job"))!.CreatedAt;
        Assert.Equal((long)((time.Now - created) / Duration.FromSeconds(10)), slots.Sum(static run => run.Slots!.Value.Count));
        Assert.Equal(done.Count, done.Distinct().Count());
    }

    // The stop looks at its runs once a renewal at the latest, and just before it cancels them.
    private static bool StopSleeps(TestHost host) => host.Time.NextTimerDue is { } next && next - host.Time.Now <= Duration.FromSeconds(10);

    private static ExecutionStatus StatusOf(TestHost host, ExecutionId id) => host.Acme.Executions.GetAsync(id).AsTask().Result!.Status;

    private static Task<TestHost> StartAsync(Func<JobContext, CancellationToken, TimeProvider, Task> work, Action<SchedulingOptions>? configure = null)
    {
        var time = new ManualTimeProvider(TestHost.Begin);
        return TestHost.StartAsync(
            s => s.Configure(configure ?? (static _ => { })).AddExecutor("x", async (run, ct) =>
            {
                await work(run, ct, time);
                return JobResult.Success();
            }),
            time: time);
    }
}
