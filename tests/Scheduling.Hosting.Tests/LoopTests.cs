using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;

namespace Scheduling.Hosting.Tests;

/// <summary>The loop lives through everything a store can do (faults E5, E7, E8, F5, B20 as far as hosting is concerned).</summary>
public class LoopTests
{
    /// <summary>Ten minutes of failures: 1-2 s, 2-4 s, 4-8 s, 8-16 s and then 15-30 s each make at most 45 tries.</summary>
    private const int MostTries = 45;

    private static readonly JobDefinition EveryMinute = new() { Key = "job", Executor = "x", Schedule = Schedule.Interval(Duration.FromMinutes(1)) };

    public static MatrixTheoryData<string, string> Failures { get; } = new(
        ["Claim", "Settle", "Sweep"],
        [nameof(IOException), nameof(OperationCanceledException), nameof(NullReferenceException), nameof(AggregateException)]);

    [Fact]
    public async Task Loop_RunsJobsOnTime()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", static (_, _) => default));
        var job = await host.Acme.CreateAsync(EveryMinute);

        for (var minute = 1; minute <= 5; minute++)
        {
            host.Time.Advance(TimeSpan.FromMinutes(1));
            await host.Time.UntilAsync(() => host.IsAtRest && host.HistoryAsync().Result.Count == minute);
        }

        var history = await host.HistoryAsync();
        Assert.All(history, run => Assert.Equal(ExecutionStatus.Succeeded, run.Status));
        Assert.Equal(Enumerable.Range(0, 5).Select(n => (Instant?)job.NextRunAt!.Value.Plus(Duration.FromMinutes(n))), history.Select(static run => run.ScheduledFor).Reverse());
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Loop_StoreThrows_LivesBacksOffTellsOnceAndRecovers(string call, string failure)
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", static (_, _) => default));
        await host.Acme.CreateAsync(EveryMinute);
        var (before, claims) = (host.Store.CountOf(call), host.Store.CountOf("Claim"));
        host.Store.Before = name => name == call ? Thrown(failure) : null;

        await host.Time.AdvanceAsync(TimeSpan.FromMinutes(10), () => host.IsAsleep && host.Engine.Snapshot().Active == 0);

        Assert.False(host.Loop.ExecuteTask!.IsCompleted);
        Assert.InRange(host.Store.CountOf(call) - before, 1, MostTries);
        Assert.InRange(host.Store.CountOf("Claim") - claims, 0, 2 * MostTries);
        Assert.InRange(host.Logs.CountOf(102), 1, call == "Claim" ? 1 : host.Store.CountOf(call) - before);
        Assert.InRange(host.Logs.CountOf(101) - host.Logs.CountOf(102), 0, 1);

        host.Store.Before = static _ => null;
        await host.Time.AdvanceUntilAsync(
            () => host.Engine.Snapshot().State == EngineState.Running && host.HistoryAsync().Result.Any(run => run.EndedAt > host.Time.Now - Duration.FromSeconds(31)),
            () => host.IsAsleep && host.Engine.Snapshot().Active == 0,
            TimeSpan.FromMinutes(2));
        Assert.Equal(host.Logs.CountOf(102) + 1, host.Logs.CountOf(101));
    }

    [Fact]
    public async Task Loop_EveryCallThrowsFromTheStart_HostStartsAndWorksOnceTheStoreDoes()
    {
        await using var host = TestHost.Create(static s => s.AddExecutor("x", static (_, _) => default).AddJob("acme", EveryMinute));
        host.Store.Before = static call => new IOException($"{call}: no route to the store");

        await host.Host.StartAsync();
        await host.Time.AdvanceAsync(TimeSpan.FromMinutes(10), () => host.IsAsleep);

        Assert.False(host.Loop.ExecuteTask!.IsCompleted);
        Assert.InRange(host.Store.Calls, 20, MostTries);
        Assert.Equal("Initialize: no route to the store", host.Logs.Only(102).Exception!.Message);
        Assert.Equal(EngineState.StoreUnavailable, host.Engine.Snapshot().State);

        host.Store.Before = static _ => null;
        await host.Time.AdvanceUntilAsync(() => host.Logs.CountOf(106) == 1 && host.Engine.Snapshot().State == EngineState.Running, () => host.IsAtRest, TimeSpan.FromSeconds(31));
        Assert.NotNull(await host.Acme.GetAsync("job"));
        Assert.Equal(1, host.Logs.CountOf(101));
    }

    [Fact]
    public async Task Loop_AnswersAreLost_RunsEachSlotOnce()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", static (_, _) => default));
        await host.Acme.CreateAsync(EveryMinute);
        var calls = 0;
        host.Store.After = call => call is "Claim" or "Settle" && Interlocked.Increment(ref calls) % 2 == 0 ? new IOException("answer lost") : null;

        await host.Time.AdvanceAsync(TimeSpan.FromMinutes(10), () => host.IsAsleep && host.Engine.Snapshot().Active == 0);
        host.Store.After = static _ => null;
        await host.Time.AdvanceUntilAsync(() => host.Engine.Snapshot() is { State: EngineState.Running, Unsettled: 0 }, () => host.IsAsleep, TimeSpan.FromMinutes(2));

        var slots = (await host.HistoryAsync()).Where(static run => run.Slots is not null).ToList();
        Assert.Equal(slots.Count, slots.Select(static run => run.ScheduledFor).Distinct().Count());
        Assert.InRange(slots.Sum(static run => run.Slots!.Value.Count), 10, 12);
    }

    [Fact]
    public async Task Loop_StoreHangs_GivesUpEachCallAndRecovers()
    {
        var time = new ManualTimeProvider();
        var store = new FaultyStore(time) { AnswersAtOnce = false };
        await using var slow = await TestHost.StartAsync(static s => s.AddExecutor("x", static (_, _) => default), store: store, time: time);
        await slow.Acme.CreateAsync(EveryMinute);
        store.Hangs = static call => call == "Claim";
        await time.AdvanceAsync(TimeSpan.FromMinutes(10), () => slow.IsAsleep || store.IsWaiting);

        Assert.False(slow.Loop.ExecuteTask!.IsCompleted);
        Assert.Equal(1, slow.Logs.CountOf(102));
        Assert.InRange(store.CountOf("Claim"), 2, MostTries);
        store.Hangs = static _ => false;
        await time.AdvanceUntilAsync(() => slow.Engine.Snapshot().State == EngineState.Running, () => slow.IsAsleep || store.IsWaiting, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Loop_ClaimsSlowerThanTheJobsInterval_DoNotPileUp()
    {
        await using var host = await TestHost.StartAsync(static s => s.AddExecutor("x", static (_, _) => default));
        await host.Acme.CreateAsync(EveryMinute with { Schedule = Schedule.Interval(Duration.FromSeconds(1)) });
        var before = host.Store.CountOf("Claim");
        host.Store.Takes = static call => call == "Claim" ? TimeSpan.FromSeconds(5) : TimeSpan.Zero;

        await host.Time.AdvanceAsync(TimeSpan.FromMinutes(5), () => host.IsAsleep || host.Store.IsWaiting);

        Assert.Equal(1, host.Store.MostClaimsAtOnce);
        Assert.InRange(host.Store.CountOf("Claim") - before, 50, 61);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Start_StoreHangs_ReturnsAtOnceAndStopDoesToo(bool ignoresTokens)
    {
        await using var host = TestHost.Create(static s => s.AddExecutor("x", static (_, _) => default));
        host.Store.Hangs = static call => call == "Initialize";
        host.Store.IgnoresTokens = ignoresTokens;

        await host.Host.StartAsync();
        await host.Time.UntilAsync(() => host.Store.CountOf("Initialize") == 1);
        Assert.Equal(EngineState.Starting, host.Engine.Snapshot().State);
        var stop = host.Loop.StopAsync(CancellationToken.None);
        await host.Time.UntilAsync(() => stop.IsCompleted);
        await stop;

        Assert.Equal(EngineState.Stopped, host.Engine.Snapshot().State);
        Assert.Equal(TestHost.Begin, host.Time.Now);
    }

    [Fact]
    public async Task Start_StoreRequiredAndDown_Fails()
    {
        await using var host = TestHost.Create(s => s.Configure(static o => o.Startup = StartupMode.RequireStore));
        host.Store.Before = static _ => new IOException("no route to the store");

        var refusal = await Assert.ThrowsAsync<IOException>(() => host.Host.StartAsync());

        Assert.Equal("no route to the store", refusal.Message);
        Assert.Equal(1, host.Store.Calls);
    }

    [Fact]
    public async Task Start_StoreRequiredAndUp_HasTheJobsWhenItReturns()
    {
        await using var host = TestHost.Create(s => s.Configure(static o => o.Startup = StartupMode.RequireStore).AddJob("acme", EveryMinute));

        await host.Host.StartAsync();

        Assert.NotNull(await host.Acme.GetAsync("job"));
    }

    [Fact]
    public async Task ControlOnly_WritesTheJobsAndNeverClaims()
    {
        await using var host = TestHost.Create(s => s.Configure(static o => o.Role = SchedulingRole.ControlOnly).AddExecutor("x", static (_, _) => default).AddJob("acme", EveryMinute));
        host.Store.Before = static _ => new IOException("no route to the store");

        await host.Host.StartAsync();
        await host.Time.AdvanceAsync(TimeSpan.FromMinutes(10), () => host.IsAsleep);
        Assert.Equal(1, host.Logs.CountOf(102));
        Assert.InRange(host.Store.Calls, 20, MostTries);
        host.Store.Before = static _ => null;
        await host.Time.AdvanceUntilAsync(() => host.Logs.CountOf(106) == 1, () => host.IsAsleep, TimeSpan.FromSeconds(31));
        await host.Acme.RunNowAsync("job");
        await host.Time.AdvanceAsync(TimeSpan.FromMinutes(10), () => host.IsAsleep);

        Assert.Equal(0, host.Store.CountOf("Claim"));
        Assert.Equal(1, host.Logs.CountOf(111));
        Assert.Equal(1, host.Logs.CountOf(112));
        await host.Host.StopAsync();
        Assert.True(host.Loop.ExecuteTask!.IsCompletedSuccessfully);
    }

    private static Exception Thrown(string name) => name switch
    {
        nameof(OperationCanceledException) => new OperationCanceledException("nobody asked"),
        nameof(NullReferenceException) => new NullReferenceException(),
        nameof(AggregateException) => new AggregateException(new OutOfMemoryException()),
        _ => new IOException("no route to the store"),
    };

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    public void Backoff_Next_DoublesWithSpreadAndEndsAtThirtySeconds(int seed)
    {
        var backoff = new Backoff(new Random(seed));
        double[] ceilings = [2, 4, 8, 16, 30, 30];

        Assert.All(ceilings, ceiling => Assert.InRange(backoff.Next().TotalSeconds, ceiling / 2, ceiling));
        backoff.Reset();
        Assert.InRange(backoff.Next().TotalSeconds, 1, 2);
    }
}
