using System.Globalization;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Free places: in all, of an executor, and those kept for tenants with nothing running.</summary>
public abstract class ClaimPlacesTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task Claim_NoFreePlace_TakesNothingAndTellsThatPlacesLack()
    {
        await DueNowAsync();

        var claim = await Process().ClaimAsync(free: 0);

        Assert.Empty(claim.Runs);
        Assert.Equal((false, true), (claim.HasMore, claim.LacksPlaces));
    }

    [Fact]
    public async Task Claim_MoreDueThanPlaces_TellsThatPlacesLackUntilAllIsTaken()
    {
        for (var n = 0; n < 5; n++)
            await DueNowAsync(string.Create(CultureInfo.InvariantCulture, $"job-{n}"));
        var node = Process();

        var first = await node.ClaimAsync(free: 3);
        var second = await node.ClaimAsync(free: 3);

        Assert.Equal((3, true), (first.Runs.Count, first.LacksPlaces));
        Assert.Equal((2, false, false), (second.Runs.Count, second.LacksPlaces, second.HasMore));
    }

    [Fact]
    public async Task Claim_ProcessWithoutTheExecutor_LeavesTheJob()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Once(Now), "other"));

        var claim = await Process().ClaimAsync();

        Assert.Empty(claim.Runs);
        Assert.Equal((false, false), (claim.HasMore, claim.LacksPlaces));
        Assert.Single((await Process("other").ClaimAsync()).Runs);
    }

    [Fact]
    public async Task Claim_ExecutorWithFewerPlaces_TakesNoMoreOfIt()
    {
        for (var n = 0; n < 6; n++)
        {
            await DueNowAsync(string.Create(CultureInfo.InvariantCulture, $"job-{n}"));
            await Acme.CreateAsync(Work.Job(string.Create(CultureInfo.InvariantCulture, $"other-{n}"), Schedule.Once(Now), "other"));
        }
        var node = Process(Work.Executor, "other");

        var claim = await node.ClaimAsync(node.Request(8) with { Executors = [new ExecutorCapacity(Work.Executor, 2), new ExecutorCapacity("other", 5)] });

        Assert.True(claim.LacksPlaces);
        Assert.Equal(2, claim.Runs.Count(static run => run.Definition.Executor == Work.Executor));
        Assert.Equal(5, claim.Runs.Count(static run => run.Definition.Executor == "other"));
    }

    [Fact]
    public async Task Claim_TwoExecutorsOverdue_BothAreServedInTheFirstClaims()
    {
        for (var n = 0; n < 60; n++)
        {
            await DueNowAsync(string.Create(CultureInfo.InvariantCulture, $"job-{n}"));
            await Acme.CreateAsync(Work.Job(string.Create(CultureInfo.InvariantCulture, $"other-{n}"), Schedule.Once(Now), "other"));
        }
        var node = Process(Work.Executor, "other");

        var runs = new List<ClaimedRun>();
        for (var n = 0; n < 3; n++)
            runs.AddRange((await node.ClaimAsync(free: 20)).Runs);

        Assert.InRange(runs.Count(static run => run.Definition.Executor == "other"), 20, 40);
    }

    [Fact]
    public async Task Claim_ReservedPlaces_AreOnlyForTenantsWithNothingRunningHere()
    {
        for (var n = 0; n < 10; n++)
            await DueNowAsync(string.Create(CultureInfo.InvariantCulture, $"job-{n}"));
        await Tenant("globex").CreateAsync(Work.Job("theirs", Schedule.Once(Now)));
        var node = Process();

        var claim = await node.ClaimAsync(node.Request(4) with { Reserved = 2, BusyTenants = [new TenantId("acme")] });

        Assert.Equal(2, claim.Runs.Count(static run => run.Tenant == new TenantId("acme")));
        Assert.Single(claim.Runs, static run => run.Tenant == new TenantId("globex"));
        Assert.Equal((false, true), (claim.HasMore, claim.LacksPlaces));
        Assert.Equal(8, (await Process().ClaimAsync()).Runs.Count);
    }

    [Fact]
    public async Task Claim_PendingRunWhoseJobMovedToAnotherExecutor_GoesThere()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual) with { Overlap = OverlapPolicy.QueueOne });
        var first = await Acme.RunNowAsync("job");
        await Acme.RunNowAsync("job");
        await Acme.UpdateAsync("job", new JobChange { Executor = "other" });

        Assert.Empty((await Process().ClaimAsync()).Runs);
        var node = Process("other");
        var run = await node.ClaimOneAsync();
        Assert.Equal(first.Id, run.Id);
        await node.SucceedAsync(run);
        Assert.Single((await node.ClaimAsync()).Runs);
    }
}
