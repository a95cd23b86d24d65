using System.Globalization;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Executions whose process is gone.</summary>
public abstract class OrphanTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task Sweep_BeforeTheLeaseEnds_ReclaimsNothing()
    {
        await DueNowAsync();
        await CrashedAsync();
        Advance(TestProcess.Lease - Fixture.ClockPrecision);

        var sweep = await Process().SweepAsync();

        Assert.Equal((0, 0, Now), (sweep.Reclaimed, sweep.Abandoned, sweep.StoreNow));
    }

    /// <summary>The next version of the program has shorter leases: what was given for longer stays given for longer.</summary>
    [Fact]
    public async Task Sweep_LeaseWasLongerThanItIsNow_TheStoredEndCounts()
    {
        await DueNowAsync();
        var before = Process();
        var lease = TestProcess.Lease * 10;
        Assert.Single((await before.ClaimAsync(before.Request() with { Lease = lease })).Runs);
        var after = Process();
        await after.ClaimAsync();
        Advance(lease - Fixture.ClockPrecision);
        Assert.Equal(0, (await after.SweepAsync()).Reclaimed);

        Advance(Fixture.ClockPrecision);

        Assert.Equal(1, (await after.SweepAsync()).Reclaimed);
    }

    [Fact]
    public async Task Sweep_AfterTheLease_TheRunStartsAgainElsewhere()
    {
        await DueNowAsync();
        var lost = await CrashedAsync();
        Advance(TestProcess.Lease);
        var other = Process();

        Assert.Equal((1, 0), ((await other.SweepAsync()).Reclaimed, (await other.SweepAsync()).Reclaimed));

        var waiting = await ReadAsync(lost.Id);
        Assert.Equal((ExecutionStatus.Pending, ExecutionReason.Reclaimed, 1), (waiting.Status, waiting.Reason, waiting.Attempt));
        var run = await other.ClaimOneAsync();
        Assert.Equal((lost.Id, 2, 0), (run.Id, run.Attempt, run.Failures));
        Assert.True(run.Token > lost.Token);
        await other.SucceedAsync(run);
        Assert.Equal(ExecutionStatus.Succeeded, Assert.Single(await HistoryAsync("job")).Status);
    }

    [Fact]
    public async Task Sweep_OrphanPolicyAbandon_EndsIt()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Once(Now)) with { Orphans = OrphanPolicy.Abandon });
        var lost = await CrashedAsync();
        Advance(TestProcess.Lease);

        var sweep = await Process().SweepAsync();

        Assert.Equal((0, 1), (sweep.Reclaimed, sweep.Abandoned));
        var row = await ReadAsync(lost.Id);
        Assert.Equal((ExecutionStatus.Abandoned, ExecutionReason.NodeLost, Now), (row.Status, row.Reason, row.EndedAt));
        Assert.Empty((await Process().ClaimAsync()).Runs);
    }

    [Fact]
    public async Task Sweep_ThreeStartsThatNobodySettled_EndAsPoisoned()
    {
        await DueNowAsync();
        var id = default(ExecutionId);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var lost = await CrashedAsync();
            Assert.Equal(attempt, lost.Attempt);
            id = lost.Id;
            Advance(TestProcess.Lease);
            await Process().SweepAsync();
        }

        var row = await ReadAsync(id);
        Assert.Equal((ExecutionStatus.Abandoned, ExecutionReason.Poisoned, 3), (row.Status, row.Reason, row.Attempt));
        Assert.Empty((await Process().ClaimAsync()).Runs);
    }

    [Fact]
    public async Task Sweep_FailuresThatWereSettled_DoNotPoison()
    {
        await DueNowAsync();
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            var node = Process();
            await node.SettleAsync(Result.Retry(await node.ClaimOneAsync(), Duration.Zero));
        }
        var lost = await CrashedAsync();
        Advance(TestProcess.Lease);

        Assert.Equal(1, (await Process().SweepAsync()).Reclaimed);
        var run = await Process().ClaimOneAsync();
        Assert.Equal((lost.Id, 6, 4), (run.Id, run.Attempt, run.Failures));
    }

    [Fact]
    public async Task Sweep_NotToReclaim_LeavesOrphansAlone()
    {
        await DueNowAsync();
        await CrashedAsync();
        Advance(TestProcess.Lease * 5);
        var other = Process();

        Assert.Equal(0, (await other.SweepAsync(other.Sweeping() with { ReclaimsOrphans = false })).Reclaimed);
        Assert.Empty((await other.ClaimAsync()).Runs);
        Assert.Equal(1, (await other.SweepAsync()).Reclaimed);
    }

    [Fact]
    public async Task Sweep_ByTheProcessItself_NeverTakesItsOwnRuns()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        Advance(TestProcess.Lease * 2);

        Assert.Equal(0, (await node.SweepAsync()).Reclaimed);
        await node.SucceedAsync(run);
    }

    [Fact]
    public async Task Sweep_MoreOrphansThanABatch_TellsOfMoreUntilAllAreDone()
    {
        for (var n = 0; n < 5; n++)
            await DueNowAsync(string.Create(CultureInfo.InvariantCulture, $"job-{n}"));
        var crashed = Process();
        Assert.Equal(5, (await crashed.ClaimAsync()).Runs.Count);
        crashed.Crash();
        Advance(TestProcess.Lease);
        var other = Process();

        var rounds = new List<(int, bool)>();
        for (var n = 0; n < 3; n++)
        {
            var sweep = await other.SweepAsync(other.Sweeping() with { BatchSize = 2 });
            rounds.Add((sweep.Reclaimed, sweep.HasMore));
        }

        Assert.Equal([(2, true), (2, true), (1, false)], rounds);
        Assert.Equal(5, (await other.ClaimAsync()).Runs.Count);
    }

    [Fact]
    public async Task Reclaimed_WindowClosedMeanwhile_DoesNotStartAgain()
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneDay, hour: 11)));
        AdvanceTo(job.NextRunAt!.Value);
        var lost = await CrashedAsync();
        AdvanceTo(Instant.FromUtc(2026, 3, 2, 12, 0));
        var other = Process();
        await other.SweepAsync();

        Assert.Empty((await other.ClaimAsync()).Runs);

        var row = await ReadAsync(lost.Id);
        Assert.Equal((ExecutionStatus.Abandoned, ExecutionReason.WindowClosed), (row.Status, row.Reason));
    }

    [Fact]
    public async Task Sweep_OrphanWhoseEndWasAskedFor_IsCancelled()
    {
        await DueNowAsync();
        var lost = await CrashedAsync();
        await Acme.Executions.CancelAsync(lost.Id, "enough");
        Advance(TestProcess.Lease);
        await Process().SweepAsync();

        var row = await ReadAsync(lost.Id);
        Assert.Equal((ExecutionStatus.Cancelled, ExecutionReason.CancelRequested, "enough"), (row.Status, row.Reason, row.CancelReason));
    }

    [Fact]
    public async Task Leave_WithRuns_OthersNeedNotWaitForTheLease()
    {
        await DueNowAsync();
        var leaving = Process();
        var lost = await leaving.ClaimOneAsync();

        await leaving.LeaveAsync();

        Assert.Equal(0, (await Store.Claims.InspectAsync(default)).LiveProcesses);
        var other = Process();
        await other.SweepAsync();
        var run = await other.ClaimOneAsync();
        Assert.Equal((lost.Id, 2), (run.Id, run.Attempt));
        Assert.Equal(SettlementOutcome.LeaseLost, await leaving.SettleAsync(Result.Of(lost)));
    }

    [Fact]
    public async Task Leave_TwiceOrUnknown_IsNoError()
    {
        var node = Process();
        await node.ClaimAsync();

        await node.LeaveAsync();
        await node.LeaveAsync();
        await Process().LeaveAsync();

        Assert.Equal(0, (await Store.Claims.InspectAsync(default)).LiveProcesses);
    }

    private async Task<ClaimedRun> CrashedAsync()
    {
        var crashing = Process();
        var run = await crashing.ClaimOneAsync();
        crashing.Crash();
        return run;
    }
}
