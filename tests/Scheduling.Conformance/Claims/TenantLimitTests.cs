using System.Globalization;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>A tenant's maximum running: exact over all processes, and what it holds back waits without being late.</summary>
public abstract class TenantLimitTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private static readonly TenantId AcmeId = new("acme");

    [Fact]
    public async Task Claim_SeveralProcesses_NeverExceedTheLimitAndRunEverythingOnce()
    {
        await DueAsync(20);
        await LimitAsync(3);
        TestProcess[] nodes = [Process(), Process(), Process()];
        var done = new List<ExecutionId>();
        for (var round = 0; done.Count < 20; round++)
        {
            foreach (var node in nodes)
                await node.ClaimAsync();
            Assert.Equal(Math.Min(3, 20 - done.Count), nodes.Sum(static node => node.Held.Count));
            Assert.Equal(nodes.Sum(static node => node.Held.Count), (await TenantAsync()).Running);
            var owner = nodes.First(static node => node.Held.Count > 0);
            var run = owner.Held.First();
            done.Add(run.Id);
            await owner.SucceedAsync(run);
        }

        Assert.Equal(20, done.Distinct().Count());
    }

    [Fact]
    public async Task Claim_SettlementInTheClaim_FreesItsPlaceForTheSameClaim()
    {
        await DueAsync(2);
        await LimitAsync(1);
        var node = Process();
        var first = await node.ClaimOneAsync();

        var claim = await node.ClaimAsync(10, Result.Of(first));

        Assert.NotEqual(first.Id, Assert.Single(claim.Runs).Id);
    }

    [Fact]
    public async Task Claim_LimitReached_LeavesOtherTenantsAlone()
    {
        await DueAsync(5);
        await Tenant("globex").CreateAsync(Work.Job("theirs", Schedule.Once(Now)));
        await LimitAsync(1);

        var claim = await Process().ClaimAsync();

        Assert.Equal(2, claim.Runs.Count);
        Assert.Equal((false, false), (claim.HasMore, claim.LacksPlaces)); // what a limit holds is no reason to claim again
    }

    [Fact]
    public async Task Claim_TwoExecutors_CountTogether()
    {
        await DueAsync(2);
        await Acme.CreateAsync(Work.Job("other", Schedule.Once(Now), "other"));
        await LimitAsync(2);

        Assert.Equal(2, (await Process(Work.Executor, "other").ClaimAsync()).Runs.Count);
        Assert.Empty((await Process("other").ClaimAsync()).Runs);
    }

    [Fact]
    public async Task SetLimits_LoweredRaisedAndLifted_HoldFromTheNextClaimOn()
    {
        await DueAsync(10);
        await LimitAsync(4);
        var node = Process();
        await node.ClaimAsync();
        await LimitAsync(2);
        await node.SucceedAsync(node.Held.First());
        Assert.Empty((await node.ClaimAsync()).Runs);

        await LimitAsync(5);
        Assert.Equal(2, (await node.ClaimAsync()).Runs.Count);

        await Scheduler.SetLimitsAsync(AcmeId, TenantLimits.None);
        Assert.Equal(4, (await node.ClaimAsync()).Runs.Count);
        Assert.Equal(TenantLimits.None, await Scheduler.GetLimitsAsync(AcmeId));
    }

    [Fact]
    public async Task Claim_HeldForHours_IsNeitherLateNorMissed()
    {
        await Acme.CreateAsync(Work.Job("long", Schedule.Once(Now)));
        var held = await Acme.CreateAsync(Work.Job("held", Schedule.Interval(Duration.FromDays(1))) with { Misfire = MisfirePolicy.Skip, Anchor = Now + Duration.FromMinutes(1) });
        await LimitAsync(1);
        var node = Process();
        var first = await node.ClaimOneAsync();
        AdvanceTo(held.NextRunAt!.Value);
        Assert.Empty((await node.ClaimAsync()).Runs);
        Assert.Equal(Now, (await TenantAsync()).HeldSince);
        Advance(Duration.FromHours(3));
        await node.RenewAsync();
        await node.SucceedAsync(first);

        var run = await node.ClaimOneAsync();

        Assert.Equal((held.Id, Duration.Zero, SlotRange.Of(held.NextSlot!.Value)), (run.JobId, run.Lag, run.Slots));
    }

    [Fact]
    public async Task Claim_LateBeforeItWasHeld_IsStillLate()
    {
        await Acme.CreateAsync(Work.Job("long", Schedule.Once(Now)));
        await Acme.CreateAsync(Work.Job("late", Schedule.Interval(Duration.FromDays(1))) with { Misfire = MisfirePolicy.Skip, Anchor = Now + Duration.FromMinutes(1) });
        await LimitAsync(1);
        var node = Process();
        var first = await node.ClaimOneAsync();
        Advance(Duration.FromMinutes(10));
        Assert.Empty((await node.ClaimAsync()).Runs);
        await node.SucceedAsync(first);

        var claim = await node.ClaimAsync();

        Assert.Empty(claim.Runs);
        var gap = Assert.Single(claim.Gaps).Gap;
        Assert.Equal((ExecutionStatus.Skipped, ExecutionReason.Misfire), (gap.Status, gap.Reason));
    }

    [Fact]
    public async Task Claim_HeldUntilItsWindowClosed_IsMissed()
    {
        await Acme.CreateAsync(Work.Job("long", Schedule.Once(Now)));
        var pinned = await Acme.CreateAsync(Work.Job("pinned", Schedule.Polling(PollingInterval.OneDay, hour: 11)));
        await LimitAsync(1);
        var node = Process();
        var first = await node.ClaimOneAsync();
        AdvanceTo(pinned.NextRunAt!.Value);
        Assert.Empty((await node.ClaimAsync()).Runs);
        AdvanceTo(Instant.FromUtc(2026, 3, 2, 12, 0));
        await node.SucceedAsync(first);

        Assert.Empty((await node.ClaimAsync()).Runs);
        var row = Assert.Single(await HistoryAsync("pinned"));
        Assert.Equal((ExecutionStatus.Missed, ExecutionReason.WindowClosed), (row.Status, row.Reason));
    }

    [Fact]
    public async Task Retry_WhileItWaits_HoldsNoPlace()
    {
        await DueAsync(2);
        await LimitAsync(1);
        var node = Process();
        var first = await node.ClaimOneAsync();

        await node.SettleAsync(Result.Retry(first, Duration.FromMinutes(5)));

        Assert.Equal(0, (await TenantAsync()).Running);
        Assert.NotEqual(first.Id, (await node.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task Sweep_CrashedProcess_GivesItsPlacesBack()
    {
        await DueAsync(3);
        await LimitAsync(2);
        var crashed = Process();
        await crashed.ClaimAsync();
        crashed.Crash();
        Advance(TestProcess.Lease);
        var node = Process();
        Assert.Empty((await node.ClaimAsync()).Runs);

        await node.SweepAsync();

        Assert.Equal(0, (await TenantAsync()).Running);
        Assert.Equal(2, (await node.ClaimAsync()).Runs.Count);
    }

    [Fact]
    public async Task RunNow_AtTheLimit_Waits()
    {
        await DueAsync(1);
        await LimitAsync(1);
        var node = Process();
        var first = await node.ClaimOneAsync();
        await Acme.CreateAsync(Work.Job("manual", Schedule.Manual));

        var asked = await Acme.RunNowAsync("manual");
        Assert.Empty((await node.ClaimAsync()).Runs);
        await node.SucceedAsync(first);

        Assert.Equal(asked.Id, (await node.ClaimOneAsync()).Id);
    }

    private async Task DueAsync(int jobs)
    {
        for (var n = 0; n < jobs; n++)
            await DueNowAsync(string.Create(CultureInfo.InvariantCulture, $"job-{n}"));
    }

    private ValueTask LimitAsync(int maximum) => Scheduler.SetLimitsAsync(AcmeId, new TenantLimits { MaximumRunning = maximum });

    private ValueTask<TenantState> TenantAsync() => Store.Jobs.GetTenantAsync(AcmeId, default);
}
