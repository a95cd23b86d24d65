using System.Globalization;
using NodaTime;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Turns: one tenant's backlog does not starve another.</summary>
public abstract class FairnessTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task Claim_OneTenantWithFiveThousandOverdue_ServesAHundredOthersInTheFirstClaims()
    {
        for (var n = 0; n < 5_000; n++)
            await Tenant("hog").CreateAsync(Due(n));
        Advance(Duration.FromSeconds(1));
        for (var n = 0; n < 100; n++)
            await Tenant(string.Create(CultureInfo.InvariantCulture, $"small-{n}")).CreateAsync(Due(0));
        Advance(Duration.FromSeconds(1));
        var node = Process();

        var runs = (await node.ClaimAsync(free: 128)).Runs.Concat((await node.ClaimAsync(free: 128)).Runs).ToList();

        Assert.Equal(256, runs.Count);
        Assert.Equal(100, runs.Count(static run => run.Tenant != new TenantId("hog")));
    }

    [Fact]
    public async Task Claim_LoneTenant_UsesEveryPlace()
    {
        for (var n = 0; n < 100; n++)
            await Acme.CreateAsync(Due(n));

        Assert.Equal(64, (await Process().ClaimAsync(free: 64)).Runs.Count);
        Assert.Equal(36, (await Process().ClaimAsync(free: 64)).Runs.Count);
    }

    [Fact]
    public async Task Claim_TwoBacklogs_TakeTurns()
    {
        for (var n = 0; n < 64; n++)
        {
            await Acme.CreateAsync(Due(n));
            await Tenant("globex").CreateAsync(Due(n));
        }
        var node = Process();

        var runs = new List<ClaimedRun>();
        for (var n = 0; n < 4; n++)
            runs.AddRange((await node.ClaimAsync(free: 16)).Runs);

        Assert.Equal(64, runs.Count);
        Assert.InRange(runs.Count(static run => run.Tenant == new TenantId("globex")), 24, 40);
    }

    [Fact]
    public async Task Claim_NewcomerBehindABacklog_IsServedNext()
    {
        for (var n = 0; n < 64; n++)
            await Acme.CreateAsync(Due(n));
        var node = Process();
        await node.ClaimAsync(free: 8);
        Advance(Duration.FromSeconds(1));
        await Tenant("globex").CreateAsync(Due(0));
        Advance(Duration.FromSeconds(1));

        var runs = (await node.ClaimAsync(free: 16)).Runs.Concat((await node.ClaimAsync(free: 16)).Runs);

        Assert.Contains(runs, static run => run.Tenant == new TenantId("globex"));
    }

    [Fact]
    public async Task Claim_ThousandTurnsWithNothingLeft_DoNotHideTheOneWithWork()
    {
        for (var n = 0; n < 1_000; n++)
        {
            var tenant = Tenant(string.Create(CultureInfo.InvariantCulture, $"tenant-{n}"));
            await tenant.CreateAsync(Due(0));
            await tenant.DeleteAsync("job-0");
        }
        await Acme.CreateAsync(Due(0));

        var run = await Process().ClaimOneAsync(free: 1);

        Assert.Equal(new TenantId("acme"), run.Tenant);
    }

    private JobDefinition Due(int n) => Work.Job(string.Create(CultureInfo.InvariantCulture, $"job-{n}"), Schedule.Once(Now));
}
