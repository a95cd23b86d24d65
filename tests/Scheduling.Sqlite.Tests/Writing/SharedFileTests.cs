using NodaTime;
using Scheduling.Conformance;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Sqlite.Tests.Writing;

/// <summary>C25: several stores on one file, as several processes on a host have them.</summary>
public sealed class SharedFileTests : IAsyncDisposable
{
    private readonly TemporaryFile _file = new();
    private readonly SqliteStore _one;
    private readonly SqliteStore _other;

    public SharedFileTests() => (_one, _other) = (Open(), Open());

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _other.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task RunNow_ByOneStore_WakesTheOther()
    {
        await _one.InitializeAsync(TestContext.Current.CancellationToken);
        await JobsOf(_other).CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual }, TestContext.Current.CancellationToken);
        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = _one.Claims.Subscribe(wake => Complete(woken, wake, StoreWake.Work));

        await JobsOf(_other).RunNowAsync("job", ct: TestContext.Current.CancellationToken);

        await woken.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Cancel_ByOneStore_WakesTheOther()
    {
        await JobsOf(_one).CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual }, TestContext.Current.CancellationToken);
        await JobsOf(_one).RunNowAsync("job", ct: TestContext.Current.CancellationToken);
        var run = Assert.Single((await ClaimAsync(_one)).Runs);
        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = _one.Claims.Subscribe(wake => Complete(woken, wake, StoreWake.Cancel));

        await JobsOf(_other).Executions.CancelAsync(run.Id, ct: TestContext.Current.CancellationToken);

        await woken.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Claim_WhatAnotherStoreChangedMeanwhile_IsSeenByTheNextWrite()
    {
        var allow = new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual, Overlap = Policies.OverlapPolicy.Allow, Name = "before" };
        await JobsOf(_one).CreateAsync(allow, TestContext.Current.CancellationToken);
        await JobsOf(_one).RunNowAsync("job", ct: TestContext.Current.CancellationToken);
        var first = Assert.Single((await ClaimAsync(_one)).Runs);

        // The first store keeps the running job at hand; the other one changes it under that.
        await JobsOf(_other).UpdateAsync("job", new JobChange { Name = "after" }, ct: TestContext.Current.CancellationToken);
        await JobsOf(_other).RunNowAsync("job", ct: TestContext.Current.CancellationToken);
        var settled = await _one.Claims.SettleAsync(new SettleRequest { Owner = OwnerId.New(first.StartedAt), Settlements = [Result.Of(first)] }, TestContext.Current.CancellationToken);
        var second = Assert.Single((await ClaimAsync(_one)).Runs);

        Assert.Equal([SettlementOutcome.Accepted], settled.Outcomes);
        Assert.Equal("after", second.Definition.Name);
        Assert.True(second.Token > first.Token);
        Assert.Equal(1, (await JobsOf(_other).GetAsync("job", TestContext.Current.CancellationToken))!.OpenExecutions);
    }

    [Fact]
    public async Task Claim_ByBothAtOnce_RunsEachJobOnce()
    {
        const int jobs = 400;
        for (var n = 0; n < jobs; n++)
            await JobsOf(_one).CreateAsync(new JobDefinition { Key = $"job-{n}", Executor = "work", Schedule = Schedule.Once(Instant.FromUtc(2026, 1, 1, 0, 0)) }, TestContext.Current.CancellationToken);

        var runs = await Task.WhenAll(DrainAsync(_one), DrainAsync(_other));

        Assert.Equal(jobs, runs.Sum(static list => list.Count));
        Assert.Equal(jobs, runs.SelectMany(static list => list).Distinct().Count());
        SqliteInvariants.Check(_file.Path, Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()));
    }

    private SqliteStore Open() => new(_file.ConnectionString, new SqliteStoreOptions { WatchInterval = TimeSpan.FromMilliseconds(10) });

    private static ITenantJobs JobsOf(SqliteStore store) => new JobScheduler(store).ForTenant("acme");

    private static void Complete(TaskCompletionSource woken, StoreWake wake, StoreWake expected)
    {
        if (wake.HasFlag(expected))
            woken.TrySetResult();
    }

    private static async Task<List<JobId>> DrainAsync(SqliteStore store)
    {
        var done = new List<JobId>();
        List<Settlement> settlements = [];
        var owner = OwnerId.New(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()));
        for (var number = 1; number == 1 || settlements.Count > 0; number++)
        {
            var claim = await ClaimAsync(store, owner, number, free: 10, settlements);
            settlements = [.. claim.Runs.Select(static run => Result.Of(run))];
            done.AddRange(claim.Runs.Select(static run => run.JobId));
        }
        return done;
    }

    private static Task<ClaimResponse> ClaimAsync(SqliteStore store) =>
        ClaimAsync(store, OwnerId.New(Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow())), number: 1, free: 10, []);

    private static async Task<ClaimResponse> ClaimAsync(SqliteStore store, OwnerId owner, long number, int free, IReadOnlyList<Settlement> settlements) => await store.Claims.ClaimAsync(
        new ClaimRequest
        {
            Owner = owner,
            Node = "node",
            Number = number,
            Executors = [new ExecutorCapacity("work", free)],
            Free = free,
            Lease = Duration.FromSeconds(30),
            Planner = new Planning.DuePlanner(),
            Settlements = settlements,
        },
        TestContext.Current.CancellationToken);
}
