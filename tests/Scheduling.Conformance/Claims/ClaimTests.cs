using System.Globalization;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>When and in which order due work is handed out.</summary>
public abstract class ClaimTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task Claim_AnyTime_IsDecidedByTheStoresNow()
    {
        Advance(Duration.FromMilliseconds(1_234));

        var claim = await Process().ClaimAsync();

        Assert.Equal((Now, Now + TestProcess.Lease), (claim.StoreNow, claim.LeaseUntil));
    }

    [Fact]
    public async Task Claim_BeforeTheStart_TakesNothingAndNamesTheWake()
    {
        var job = await EveryAsync(Duration.FromMinutes(1));
        AdvanceTo(job.NextRunAt!.Value - Fixture.ClockPrecision);

        var claim = await Process().ClaimAsync();

        Assert.Empty(claim.Runs);
        Assert.Equal((job.NextRunAt, false), (claim.NextWake, claim.HasMore));
    }

    [Fact]
    public async Task Claim_AtTheStart_TakesTheRunOnTime()
    {
        var job = await EveryAsync(Duration.FromMinutes(1));
        AdvanceTo(job.NextRunAt!.Value);

        var run = await Process().ClaimOneAsync();

        Assert.Equal((job.Id, job.Tenant, 1L, ExecutionTrigger.Schedule), (run.JobId, run.Tenant, run.JobVersion, run.Trigger));
        Assert.Equal((SlotRange.Of(Now), Now, Now, Duration.Zero), (run.Slots, run.DueAt, run.StartedAt, run.Lag));
        Assert.Equal((1, 0, null, null), (run.Attempt, run.Failures, run.PreviousRun, run.LastSuccessAt));
        Assert.Equal(job.Definition, run.Definition);
        var row = await ReadAsync(run.Id);
        Assert.Equal((ExecutionStatus.Running, 1, run.Token, Now), (row.Status, row.Attempt, row.Token, row.StartedAt));
    }

    [Fact]
    public async Task Claim_SpreadJob_StartsAtSlotPlusSpread()
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneDay, hour: 0)));
        Assert.NotEqual(job.NextSlot, job.NextRunAt);
        AdvanceTo(job.NextRunAt!.Value - Fixture.ClockPrecision);
        Assert.Empty((await Process().ClaimAsync()).Runs);
        AdvanceTo(job.NextRunAt!.Value);

        var run = await Process().ClaimOneAsync();

        Assert.Equal((job.NextSlot, job.NextRunAt, Duration.Zero), (run.Slots?.Last, run.DueAt, run.Lag));
    }

    [Fact]
    public async Task Claim_SeveralDue_TakesTheOldestFirst()
    {
        await Acme.CreateAsync(Work.Job("third", Schedule.Once(Now + Duration.FromSeconds(3))));
        await Acme.CreateAsync(Work.Job("first", Schedule.Once(Now + Duration.FromSeconds(1))));
        await Acme.CreateAsync(Work.Job("second", Schedule.Once(Now + Duration.FromSeconds(2))));
        Advance(Duration.FromSeconds(10));
        var node = Process();

        var order = new List<string?>();
        for (var n = 0; n < 3; n++)
            order.Add((await node.ClaimOneAsync(free: 1)).Definition.Key);

        Assert.Equal(["first", "second", "third"], order);
    }

    [Fact]
    public async Task Claim_DueLongAgo_CountsTheLag()
    {
        await DueNowAsync();
        Advance(Duration.FromSeconds(42));

        Assert.Equal(Duration.FromSeconds(42), (await Process().ClaimOneAsync()).Lag);
    }

    [Fact]
    public async Task Claim_WindowsThatClosedBefore_DoNotCountAsLag()
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneDay, hour: 0)));
        AdvanceTo(job.NextRunAt!.Value + Duration.FromDays(3) + Duration.FromMinutes(1));

        var run = await Process().ClaimOneAsync();

        Assert.Equal((job.NextSlot + Duration.FromDays(3), Duration.FromMinutes(1)), (run.Slots?.Last, run.Lag));
    }

    [Fact]
    public async Task Claim_TwoProcesses_ShareWithoutOverlap()
    {
        for (var n = 0; n < 10; n++)
            await DueNowAsync(string.Create(CultureInfo.InvariantCulture, $"job-{n}"));

        var one = await Process().ClaimAsync(free: 6);
        var other = await Process().ClaimAsync(free: 6);

        Assert.Equal((6, 4), (one.Runs.Count, other.Runs.Count));
        Assert.Equal(10, one.Runs.Concat(other.Runs).Select(static run => run.JobId).Distinct().Count());
    }

    [Fact]
    public async Task Claim_NextWake_IsTheEarliestWorkOfTheExecutorsAskedFor()
    {
        await Acme.CreateAsync(Work.Job("sooner", Schedule.Interval(Duration.FromMinutes(1)), "other"));
        await EveryAsync(Duration.FromMinutes(5));
        await EveryAsync(Duration.FromMinutes(9), "later");

        Assert.Equal(Start + Duration.FromMinutes(5), (await Process().ClaimAsync()).NextWake);
        Assert.Equal(Start + Duration.FromMinutes(1), (await Process(Work.Executor, "other").ClaimAsync()).NextWake);
        Assert.Null((await Process("nothing").ClaimAsync()).NextWake);
    }

    [Fact]
    public async Task Claim_NextWake_IsNotLaterThanTheEndOfAForeignLease()
    {
        await DueNowAsync();
        var busy = Process();
        await busy.ClaimOneAsync();
        Advance(Duration.FromSeconds(1));

        var wake = (await Process().ClaimAsync()).NextWake;

        Assert.Equal(Start + TestProcess.Lease, wake);
    }

    [Fact]
    public async Task Claim_SameNumberAgain_GivesTheSameRunsAndStartsNothingNew()
    {
        await DueNowAsync("one");
        var node = Process();
        var lost = await node.ClaimWithLostAnswerAsync();
        await DueNowAsync("two");
        Advance(Duration.FromSeconds(1));

        var repeated = await node.RepeatClaimAsync();

        var run = Assert.Single(repeated.Runs);
        var first = Assert.Single(lost.Runs);
        Assert.Equal((first.Id, first.Token, 1, first.StartedAt), (run.Id, run.Token, run.Attempt, run.StartedAt));
        Assert.Equal("two", (await node.ClaimOneAsync()).Definition.Key);
    }

    [Fact]
    public async Task Claim_SameNumberAgain_LeavesOutWhatIsSettled()
    {
        await DueNowAsync("one");
        await DueNowAsync("two");
        var node = Process();
        var runs = (await node.ClaimAsync()).Runs;
        await node.SucceedAsync(runs[0]);

        var repeated = await node.RepeatClaimAsync();

        Assert.Equal([runs[1].Id], repeated.Runs.Select(static run => run.Id));
    }

    [Fact]
    public async Task Claim_SameNumberAgainWithSettlements_TellsThemRepeated()
    {
        await DueNowAsync("one");
        var node = Process();
        var run = await node.ClaimOneAsync();
        await DueNowAsync("two");

        var first = await node.ClaimAsync(10, Result.Of(run));
        var repeated = await node.RepeatClaimAsync();

        Assert.Equal([SettlementOutcome.Accepted], first.Settled);
        Assert.Equal([SettlementOutcome.Repeated], repeated.Settled);
        Assert.Equal(Assert.Single(first.Runs).Id, Assert.Single(repeated.Runs).Id);
    }

    [Fact]
    public async Task Claim_SlotAfterSlot_TokensOfTheJobRise()
    {
        await EveryAsync(Duration.FromMinutes(1));
        var (one, other) = (Process(), Process());
        var last = 0L;
        for (var n = 0; n < 6; n++)
        {
            Advance(Duration.FromMinutes(1));
            var node = n % 2 == 0 ? one : other;
            var run = await node.ClaimOneAsync();
            Assert.True(run.Token > last, $"{run.Token} after {last}");
            last = run.Token;
            await node.SucceedAsync(run);
        }
    }

    [Fact]
    public async Task Claim_NextSlot_SeesThePreviousRunAndTheLastSuccess()
    {
        await EveryAsync(Duration.FromMinutes(1));
        var node = Process();
        Advance(Duration.FromMinutes(1));
        var good = await node.ClaimOneAsync();
        await node.SucceedAsync(good);
        Advance(Duration.FromMinutes(1));
        var bad = await node.ClaimOneAsync();
        await node.SettleAsync(Result.Failed(bad));
        Advance(Duration.FromMinutes(1));

        var run = await node.ClaimOneAsync();

        Assert.Equal((bad.Id, ExecutionStatus.Failed, bad.StartedAt), (run.PreviousRun?.Id, run.PreviousRun?.Status, run.PreviousRun?.StartedAt));
        Assert.Equal(good.StartedAt, run.LastSuccessAt);
    }

    [Fact]
    public async Task Claim_AfterAnEdit_CarriesTheNewDefinitionAndVersion()
    {
        await EveryAsync(Duration.FromMinutes(1));
        await Acme.UpdateAsync("job", new JobChange { Payload = JobPayload.FromJson("2"), Executor = "other" });
        Advance(Duration.FromMinutes(1));

        Assert.Empty((await Process().ClaimAsync()).Runs);
        var run = await Process("other").ClaimOneAsync();

        Assert.Equal(("2", 2L), (run.Definition.Payload.ToJson(), run.JobVersion));
        Assert.Equal(("other", 2L), ((await ReadAsync(run.Id)).Executor, (await ReadAsync(run.Id)).JobVersion));
    }
}
