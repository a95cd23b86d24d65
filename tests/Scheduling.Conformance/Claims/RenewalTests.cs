using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Renewals: the lease, what was lost, whose end was asked for, and runs the process does not know of.</summary>
public abstract class RenewalTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task Renew_Any_ProlongsFromTheStoresNow()
    {
        var node = Process();
        Advance(Duration.FromSeconds(7));

        var renewed = await node.RenewAsync();

        Assert.Equal((Now, Now + TestProcess.Lease), (renewed.StoreNow, renewed.LeaseUntil));
        Assert.Equal(1, (await Store.Claims.InspectAsync(default)).LiveProcesses);
    }

    [Fact]
    public async Task Renew_EveryTenSecondsForTwoHours_NobodyTakesTheRunOver()
    {
        await DueNowAsync();
        var (node, other) = (Process(), Process());
        var run = await node.ClaimOneAsync();
        for (var n = 0; n < 720; n++)
        {
            Advance(Duration.FromSeconds(10));
            Assert.Empty((await node.RenewAsync()).Lost);
            if (n % 6 == 0)
                Assert.Equal(0, (await other.SweepAsync()).Reclaimed);
        }

        await node.SucceedAsync(run);
    }

    [Fact]
    public async Task Renew_AfterAnotherTookTheRun_TellsItLostOnce()
    {
        await DueNowAsync();
        var frozen = Process();
        var run = await frozen.ClaimOneAsync();
        Advance(TestProcess.Lease);
        var other = Process();
        await other.SweepAsync();

        var reclaimed = await frozen.RenewAsync();
        Assert.Equal([new HeldRun(run.Id, run.Token)], reclaimed.Lost);
        var again = await other.ClaimOneAsync();
        Assert.Empty((await frozen.RenewAsync()).Lost);
        Assert.Empty((await other.RenewAsync()).Lost);
        await other.SucceedAsync(again);
    }

    [Fact]
    public async Task Renew_LeaseOverButNobodyTookIt_KeepsTheRun()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        Advance(Duration.FromMinutes(10));

        Assert.Empty((await node.RenewAsync()).Lost);
        Assert.Equal(0, (await Process().SweepAsync()).Reclaimed);
        await node.SucceedAsync(run);
    }

    [Fact]
    public async Task Renew_CancelRequested_IsToldEachTimeUntilItIsSettled()
    {
        await DueNowAsync("one");
        await DueNowAsync("two");
        var node = Process();
        var run = (await node.ClaimAsync()).Runs[0];
        await Acme.Executions.CancelAsync(run.Id, "enough");

        for (var n = 0; n < 2; n++)
            Assert.Equal([new CancelNotice(run.Id, "enough")], (await node.RenewAsync()).CancelRequested);
        await node.SettleAsync(Result.Of(run, ExecutionStatus.Cancelled, ExecutionReason.CancelRequested));

        Assert.Empty((await node.RenewAsync()).CancelRequested);
    }

    [Fact]
    public async Task Renew_RunsOfALostAnswer_AreHandedBackAndStartElsewhere()
    {
        await DueNowAsync();
        var node = Process();
        var stray = Assert.Single((await node.ClaimWithLostAnswerAsync()).Runs);

        var renewed = await node.RenewAsync();

        Assert.Equal(1, renewed.Strays);
        Assert.Empty(renewed.Lost);
        var row = await ReadAsync(stray.Id);
        Assert.Equal((ExecutionStatus.Pending, ExecutionReason.HandedBack, 0), (row.Status, row.Reason, row.Attempt));
        var run = await Process().ClaimOneAsync();
        Assert.Equal((stray.Id, 1), (run.Id, run.Attempt));
        Assert.True(run.Token > stray.Token);
    }

    [Fact]
    public async Task Renew_WhileAClaimIsOnItsWay_LeavesItsRunsAlone()
    {
        await DueNowAsync("known");
        var node = Process();
        await node.ClaimOneAsync();
        await DueNowAsync("unknown");
        var onItsWay = Assert.Single((await node.ClaimWithLostAnswerAsync()).Runs);

        var renewed = await node.RenewAsync(answeredClaims: node.Claims - 1);

        Assert.Equal(0, renewed.Strays);
        Assert.Equal(ExecutionStatus.Running, (await ReadAsync(onItsWay.Id)).Status);
        Assert.Equal(1, (await node.RenewAsync()).Strays);
    }

    [Fact]
    public async Task Renew_StraysAgainAndAgain_AreNeverTakenForPoison()
    {
        await DueNowAsync();
        var node = Process();
        for (var n = 0; n < 5; n++)
        {
            await node.ClaimWithLostAnswerAsync();
            Assert.Equal(1, (await node.RenewAsync()).Strays);
        }

        Assert.Equal(1, (await node.ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task Renew_OtherProcessesRuns_AreNeitherStraysNorItsOwn()
    {
        await DueNowAsync();
        var (node, other) = (Process(), Process());
        var run = await node.ClaimOneAsync();

        var renewed = await other.RenewAsync();

        Assert.Equal((0, 0, 0), (renewed.Strays, renewed.Lost.Count, renewed.CancelRequested.Count));
        await node.SucceedAsync(run);
    }
}
