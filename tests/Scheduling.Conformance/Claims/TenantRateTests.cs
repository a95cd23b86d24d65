using System.Globalization;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>A tenant's rate: exact over all processes, and what it holds back waits without being late.</summary>
public abstract class TenantRateTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private static readonly TenantId AcmeId = new("acme");
    private static readonly Duration Third = Duration.FromSeconds(20);

    [Fact]
    public async Task Claim_MoreDueThanTheRate_TakesTheBucketAtOnceAndThenOneAtATime()
    {
        await DueAsync(6);
        await RateAsync(3);
        var node = Process();

        Assert.Equal(3, (await node.ClaimAsync()).Runs.Count);
        await node.SucceedAllAsync();
        Assert.Empty((await node.ClaimAsync()).Runs);
        Advance(Third - Duration.FromMilliseconds(1));
        Assert.Empty((await node.ClaimAsync()).Runs);
        Advance(Duration.FromMilliseconds(1));
        Assert.Single((await node.ClaimAsync()).Runs);
        Advance(Third + Third);
        Assert.Equal(2, (await node.ClaimAsync()).Runs.Count);
    }

    [Fact]
    public async Task Claim_AtTheRate_WakesWhenTheNextStartIsAllowed()
    {
        await DueAsync(4);
        await RateAsync(3);

        var claim = await Process().ClaimAsync();

        Assert.Equal((3, Now + Third, false, false), (claim.Runs.Count, claim.NextWake, claim.HasMore, claim.LacksPlaces));
    }

    [Fact]
    public async Task Claim_SeveralProcesses_ShareOneBucket()
    {
        await DueAsync(9);
        await RateAsync(3);
        TestProcess[] nodes = [Process(), Process(), Process()];
        var started = 0;
        for (var minute = 0; minute < 3; minute++)
        {
            foreach (var node in nodes)
                started += (await node.ClaimAsync(2)).Runs.Count;
            Assert.Equal(3 * (minute + 1), started);
            Advance(Duration.FromMinutes(1));
        }
    }

    [Fact]
    public async Task Claim_HeldByTheRate_IsNotLateAndLeavesOtherTenantsAlone()
    {
        await RateAsync(1);
        await DueNowAsync("first");
        await Acme.CreateAsync(Work.Job("second", Schedule.Interval(Duration.FromDays(1))) with { Misfire = MisfirePolicy.Skip.WithMaximumAge(Duration.FromSeconds(70)), Anchor = Now + Duration.FromSeconds(1) });
        var node = Process();
        await node.ClaimOneAsync();
        Advance(Duration.FromSeconds(1));
        await Tenant("globex").CreateAsync(Work.Job("theirs", Schedule.Once(Now)));
        Assert.Equal("globex", (await node.ClaimOneAsync()).Tenant.Value);
        Assert.Equal(Now, (await Store.Jobs.GetTenantAsync(AcmeId, default)).HeldSince);

        await RateAsync(1, Duration.FromDays(1));
        Advance(Duration.FromDays(1));

        Assert.Equal(Duration.Zero, (await node.ClaimOneAsync()).Lag);
    }

    [Fact]
    public async Task Claim_BothLimits_TheTighterHolds()
    {
        await DueAsync(5);
        await Scheduler.SetLimitsAsync(AcmeId, new TenantLimits { MaximumRunning = 2, MaximumRate = new RunRate(3, Duration.FromMinutes(1)) });
        var node = Process();

        Assert.Equal(2, (await node.ClaimAsync()).Runs.Count);
        await node.SucceedAllAsync();
        Assert.Single((await node.ClaimAsync()).Runs);
        await node.SucceedAllAsync();
        Assert.Empty((await node.ClaimAsync()).Runs);
    }

    [Fact]
    public async Task SetLimits_RateLifted_LetsEverythingGo()
    {
        await DueAsync(5);
        await RateAsync(1, Duration.FromDays(1));
        var node = Process();
        await node.ClaimOneAsync();
        Assert.Empty((await node.ClaimAsync()).Runs);

        await Scheduler.SetLimitsAsync(AcmeId, TenantLimits.None);

        Assert.Equal(4, (await node.ClaimAsync()).Runs.Count);
    }

    [Fact]
    public async Task GetLimits_WhatWasSet_IsEqual()
    {
        var limits = new TenantLimits { MaximumRunning = 7, MaximumRate = new RunRate(1_000, Duration.FromHours(1)) };

        await Scheduler.SetLimitsAsync(AcmeId, limits);

        Assert.Equal(limits, await Scheduler.GetLimitsAsync(AcmeId));
    }

    [Fact]
    public async Task Retry_IsAStartToo()
    {
        await RateAsync(1);
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        await node.SettleAsync(Result.Retry(run, Duration.FromSeconds(1)));
        Advance(Duration.FromSeconds(30));
        Assert.Empty((await node.ClaimAsync()).Runs);

        Advance(Duration.FromSeconds(30));

        Assert.Equal(2, (await node.ClaimOneAsync()).Attempt);
    }

    private async Task DueAsync(int jobs)
    {
        for (var n = 0; n < jobs; n++)
            await DueNowAsync(string.Create(CultureInfo.InvariantCulture, $"job-{n}"));
    }

    private ValueTask RateAsync(int runs, Duration? per = null) =>
        Scheduler.SetLimitsAsync(AcmeId, new TenantLimits { MaximumRate = new RunRate(runs, per ?? Duration.FromMinutes(1)) });
}
