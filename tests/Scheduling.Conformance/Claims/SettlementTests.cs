using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Results of attempts: accepted once, by the token that has the execution.</summary>
public abstract class SettlementTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Theory]
    [InlineData(ExecutionStatus.Succeeded, ExecutionReason.None)]
    [InlineData(ExecutionStatus.CompletedWithErrors, ExecutionReason.None)]
    [InlineData(ExecutionStatus.Failed, ExecutionReason.ReportedFailure)]
    [InlineData(ExecutionStatus.Failed, ExecutionReason.PayloadInvalid)]
    [InlineData(ExecutionStatus.TimedOut, ExecutionReason.Timeout)]
    [InlineData(ExecutionStatus.Cancelled, ExecutionReason.CancelRequested)]
    [InlineData(ExecutionStatus.Abandoned, ExecutionReason.NodeLost)]
    public async Task Settle_End_IsWrittenAsGiven(ExecutionStatus status, ExecutionReason reason)
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        Advance(Duration.FromSeconds(5));
        var error = new ExecutionError { Type = "Some.Exception", Message = "it broke 🙈", Detail = "at line 7" };

        var outcome = await node.SettleAsync(Result.Of(run, status, reason, "said", error));

        Assert.Equal(SettlementOutcome.Accepted, outcome);
        var row = await ReadAsync(run.Id);
        Assert.Equal((status, reason, "said", error), (row.Status, row.Reason, row.Message, row.Error));
        Assert.Equal((Start, Now, 1, run.Token), (row.StartedAt, row.EndedAt, row.Attempt, row.Token));
        Assert.Equal((node.Owner, node.Node, 1L), (row.Owner, row.Node, row.JobVersion));
        var job = await ReadAsync("job");
        Assert.Equal((0, run.Id, status), (job.OpenExecutions, job.LastRun?.Id, job.LastRun?.Status));
        Assert.Equal(status is ExecutionStatus.Succeeded or ExecutionStatus.CompletedWithErrors ? Start : null, job.LastSuccessAt);
    }

    [Fact]
    public async Task Settle_Twice_IsRepeatedAndTheFirstResultStays()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        await node.SucceedAsync(run);
        var first = await ReadAsync(run.Id);
        Advance(Duration.FromSeconds(1));

        Assert.Equal(SettlementOutcome.Repeated, await node.SettleAsync(Result.Failed(run)));

        Assert.Equal(first, await ReadAsync(run.Id));
        Assert.Single(await HistoryAsync("job"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Settle_OtherToken_IsLeaseLostAndChangesNothing(int difference)
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        var before = await ReadAsync(run.Id);

        Assert.Equal(SettlementOutcome.LeaseLost, await node.SettleAsync(Result.Of(run, token: run.Token + difference)));

        Assert.Equal(before, await ReadAsync(run.Id));
    }

    [Fact]
    public async Task Settle_UnknownExecution_IsLeaseLost()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        var unknown = new Settlement
        {
            Id = ExecutionId.New(Now),
            Tenant = run.Tenant,
            JobId = run.JobId,
            Executor = Work.Executor,
            Token = run.Token,
            Kind = SettlementKind.End,
            Status = ExecutionStatus.Succeeded,
        };

        Assert.Equal(SettlementOutcome.LeaseLost, await node.SettleAsync(unknown));
    }

    [Fact]
    public async Task Settle_MixedBatch_AnswersEachInOrder()
    {
        await DueNowAsync("one");
        await DueNowAsync("two");
        await DueNowAsync("three");
        var node = Process();
        var runs = (await node.ClaimAsync()).Runs;
        await node.SucceedAsync(runs[0]);

        var outcomes = await node.SettleAllAsync([Result.Of(runs[0]), Result.Of(runs[1], token: 99), Result.Failed(runs[2])]);

        Assert.Equal([SettlementOutcome.Repeated, SettlementOutcome.LeaseLost, SettlementOutcome.Accepted], outcomes);
    }

    [Fact]
    public async Task Settle_SameExecutionTwiceInOneBatch_IsWrittenOnce()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();

        var outcomes = await node.SettleAllAsync([Result.Of(run), Result.Failed(run)]);

        Assert.Equal([SettlementOutcome.Accepted, SettlementOutcome.Repeated], outcomes);
        Assert.Equal(ExecutionStatus.Succeeded, Assert.Single(await HistoryAsync("job")).Status);
    }

    [Fact]
    public async Task Settle_InAClaim_IsWrittenBeforeAnythingIsTaken()
    {
        await EveryAsync(Duration.FromMinutes(1));
        var node = Process();
        Advance(Duration.FromMinutes(1));
        var first = await node.ClaimOneAsync();
        Advance(Duration.FromMinutes(1));

        var claim = await node.ClaimAsync(10, Result.Of(first));

        Assert.Equal([SettlementOutcome.Accepted], claim.Settled);
        Assert.Equal(Now, Assert.Single(claim.Runs).Slots?.Last); // had it been settled later, the slot would be Skipped(Overlap)
        Assert.Equal(first.Id, claim.Runs[0].PreviousRun?.Id);
    }

    [Fact]
    public async Task HandBack_NotBegun_LooksAsIfItHadNeverStarted()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();

        Assert.Equal(SettlementOutcome.Accepted, await node.SettleAsync(Result.HandBack(run, hadBegun: false)));

        var row = await ReadAsync(run.Id);
        Assert.Equal((ExecutionStatus.Pending, ExecutionReason.HandedBack, 0, null), (row.Status, row.Reason, row.Attempt, row.StartedAt));
        var again = await Process().ClaimOneAsync();
        Assert.Equal((run.Id, 1, null), (again.Id, again.Attempt, again.PreviousRun));
        Assert.True(again.Token > run.Token);
    }

    [Fact]
    public async Task HandBack_Begun_CountsAsAttemptButNotAsFailureOrLostStart()
    {
        await DueNowAsync();
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            var stopping = Process();
            var run = await stopping.ClaimOneAsync();
            Assert.Equal((attempt, 0), (run.Attempt, run.Failures));
            await stopping.SettleAsync(Result.HandBack(run, hadBegun: true));
        }
        await CrashWithTheRunAsync();

        Assert.Equal(ExecutionReason.Reclaimed, Assert.Single(await HistoryAsync("job")).Reason);
    }

    [Fact]
    public async Task HandBack_Repeated_IsToldSo()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        await node.SettleAsync(Result.HandBack(run, hadBegun: true));

        Assert.Equal(SettlementOutcome.Repeated, await node.SettleAsync(Result.HandBack(run, hadBegun: true)));
    }

    [Fact]
    public async Task Settle_AfterReclaim_IsLeaseLostBeforeAndAfterTheNextStart()
    {
        await DueNowAsync();
        var frozen = Process();
        var run = await frozen.ClaimOneAsync();
        Advance(TestProcess.Lease);
        var other = Process();
        await other.SweepAsync();

        Assert.Equal(SettlementOutcome.LeaseLost, await frozen.SettleAsync(Result.Of(run)));
        var again = await other.ClaimOneAsync();
        Assert.Equal(SettlementOutcome.LeaseLost, await frozen.SettleAsync(Result.Of(run)));
        await other.SettleAsync(Result.Failed(again));
        Assert.Equal(SettlementOutcome.LeaseLost, await frozen.SettleAsync(Result.Of(run)));
        Assert.Equal(ExecutionStatus.Failed, Assert.Single(await HistoryAsync("job")).Status);
    }

    [Fact]
    public async Task Settle_AfterReclaimAndCancel_IsLeaseLost()
    {
        await DueNowAsync();
        var frozen = Process();
        var run = await frozen.ClaimOneAsync();
        Advance(TestProcess.Lease);
        await Process().SweepAsync();
        await Acme.Executions.CancelAsync(run.Id);

        Assert.Equal(SettlementOutcome.LeaseLost, await frozen.SettleAsync(Result.Of(run)));
    }

    [Fact]
    public async Task Settle_LeaseOverButNobodyTookIt_IsAccepted()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        Advance(TestProcess.Lease + Duration.FromMinutes(5));

        await node.SucceedAsync(run);
    }

    [Fact]
    public async Task Settle_LongAfterTheWindow_IsAccepted()
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneDay, hour: 11)));
        var node = Process();
        AdvanceTo(job.NextRunAt!.Value);
        var run = await node.ClaimOneAsync();
        Advance(Duration.FromHours(5));

        await node.SucceedAsync(run);

        Assert.Equal(ExecutionStatus.Succeeded, (await ReadAsync(run.Id)).Status);
    }

    [Fact]
    public async Task Settle_OlderRunEndsLast_LastSuccessDoesNotFall()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Duration.FromMinutes(1))) with { Overlap = OverlapPolicy.Allow });
        var node = Process();
        Advance(Duration.FromMinutes(1));
        var older = await node.ClaimOneAsync();
        Advance(Duration.FromMinutes(1));
        var newer = await node.ClaimOneAsync();

        await node.SucceedAsync(newer);
        await node.SucceedAsync(older);

        Assert.Equal(newer.StartedAt, (await ReadAsync("job")).LastSuccessAt);
    }

    private async Task CrashWithTheRunAsync()
    {
        var crashing = Process();
        await crashing.ClaimOneAsync();
        crashing.Crash();
        Advance(TestProcess.Lease);
        await Process().SweepAsync();
    }
}
