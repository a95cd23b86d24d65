using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Why a slot is where it is, from the rows that each store keeps.</summary>
public abstract class WhyTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    [Fact]
    public async Task Why_RunInTime_Ran()
    {
        await EveryAsync(Minute);
        var node = Process();
        var run = await NextAsync(node);
        Assert.Equal((SlotOutcome.Running, SlotCause.None), await KindAsync(Now));
        await node.SucceedAsync(run);

        var answer = await Acme.WhyAsync("job", Now);

        Assert.Equal((SlotOutcome.Ran, SlotCause.None, Duration.Zero), (answer.Outcome, answer.Cause, answer.Lateness));
        Assert.Equal((run.Id, Now, Now - Minute, Now + Minute), (answer.Execution?.Id, answer.Start, answer.PreviousSlot, answer.NextSlot));
        Assert.Equal((Now, "job"), (answer.AsOf, answer.Job.Key));
    }

    [Fact]
    public async Task Why_NobodyClaimedInTime_RanLateAndEarlierSlotsAreCountedIn()
    {
        await EveryAsync(Duration.FromHours(1));
        Advance(Duration.FromMinutes(3 * 60 + 5));
        var node = Process();
        await node.SucceedAsync(await node.ClaimOneAsync());

        var late = await Acme.WhyAsync("job", Start + Duration.FromHours(3));
        var counted = await Acme.WhyAsync("job", Start + Duration.FromHours(1));

        Assert.Equal((SlotOutcome.Ran, SlotCause.NotClaimed, Duration.FromMinutes(5)), (late.Outcome, late.Cause, late.Lateness));
        Assert.Equal((SlotOutcome.Counted, SlotCause.NotClaimed, late.Execution!.Id), (counted.Outcome, counted.Cause, counted.Execution!.Id));
        Assert.Equal(2, late.Execution.MissedCount);
    }

    [Fact]
    public async Task Why_AnotherExecutionRan_SkippedBecauseOfThatOne()
    {
        await EveryAsync(Minute);
        var node = Process();
        var run = await NextAsync(node);
        Advance(Minute);
        var slot = Now;
        var before = await Acme.WhyAsync("job", slot);
        await node.ClaimAsync();
        Advance(Minute);
        await node.ClaimAsync();
        await node.SucceedAsync(run);
        await NextAsync(node);

        Assert.Equal((SlotOutcome.Due, SlotCause.Overlap, run.Id), (before.Outcome, before.Cause, before.BlockedBy?.Id));
        foreach (var skipped in new[] { slot, slot + Minute })
        {
            var answer = await Acme.WhyAsync("job", skipped);
            Assert.Equal((SlotOutcome.Skipped, SlotCause.Overlap, run.Id), (answer.Outcome, answer.Cause, answer.BlockedBy?.Id));
        }
    }

    [Fact]
    public async Task Why_QueuedBehindAnother_WaitsAndThenRanLateBecauseOfIt()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Minute)) with { Overlap = OverlapPolicy.QueueOne });
        var node = Process();
        var run = await NextAsync(node);
        Advance(Minute);
        var slot = Now;
        await node.ClaimAsync();
        var waiting = await Acme.WhyAsync("job", slot);
        Advance(Duration.FromSeconds(20));
        await node.SucceedAsync(run);
        await node.ClaimOneAsync();
        await node.SucceedAllAsync();

        var ran = await Acme.WhyAsync("job", slot);

        Assert.Equal((SlotOutcome.Pending, SlotCause.Queued, run.Id), (waiting.Outcome, waiting.Cause, waiting.BlockedBy?.Id));
        Assert.Equal((SlotOutcome.Ran, SlotCause.Queued, run.Id, Duration.FromSeconds(20)), (ran.Outcome, ran.Cause, ran.BlockedBy?.Id, ran.Lateness));
    }

    [Fact]
    public async Task Why_QueuedOneIsCancelled_Cancelled()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Minute)) with { Overlap = OverlapPolicy.QueueOne });
        var node = Process();
        await NextAsync(node);
        Advance(Minute);
        await node.ClaimAsync();
        await Acme.Executions.CancelAsync((await Acme.WhyAsync("job", Now)).Execution!.Id, "not needed");

        Assert.Equal((SlotOutcome.Cancelled, SlotCause.CancelRequested), await KindAsync(Now));
    }

    [Fact]
    public async Task Why_FailedAttempt_WaitsForItsRetry()
    {
        await EveryAsync(Minute);
        var node = Process();
        await node.SettleAsync(Result.Retry(await NextAsync(node), Duration.FromSeconds(10)));
        Assert.Equal((SlotOutcome.Pending, SlotCause.Retry), await KindAsync(Now));

        Advance(Duration.FromSeconds(10));
        Assert.Equal((SlotOutcome.Pending, SlotCause.NoPlace), await KindAsync(Start + Minute));
        await node.SucceedAsync(await node.ClaimOneAsync());
        Assert.Equal((SlotOutcome.Ran, SlotCause.None), await KindAsync(Start + Minute));
    }

    [Fact]
    public async Task Why_JobPaused_ByWhomAndUntilWhenAndAfterwardsSkipped()
    {
        await EveryAsync(Minute);
        await Acme.PauseAsync("job", "ann", "upstream is down", Start + Duration.FromHours(1));
        var early = await Acme.WhyAsync("job", Start + Minute);
        Advance(Minute);
        var due = await Acme.WhyAsync("job", Start + Minute);
        Advance(Minute);
        await Acme.ResumeAsync("job");

        foreach (var (outcome, answer) in new[] { (SlotOutcome.NotDue, early), (SlotOutcome.Due, due) })
        {
            Assert.Equal((outcome, SlotCause.JobPaused, null), (answer.Outcome, answer.Cause, answer.PauseScope));
            Assert.Equal(("ann", "upstream is down", Start + Duration.FromHours(1)), (answer.Pause?.By, answer.Pause?.Reason, answer.Pause?.Until));
        }
        Assert.Equal((SlotOutcome.NotDue, SlotCause.None), await KindAsync(Start + Duration.FromHours(1)));
        Assert.Equal((SlotOutcome.Skipped, SlotCause.JobPaused), await KindAsync(Start + Minute));
    }

    [Fact]
    public async Task Why_OverdueWhenItWasPaused_Missed()
    {
        await EveryAsync(Minute);
        Advance(Minute + Minute);
        await Acme.PauseAsync("job", "ann");

        var answer = await Acme.WhyAsync("job", Start + Minute);

        Assert.Equal((SlotOutcome.Missed, SlotCause.JobPaused, "ann"), (answer.Outcome, answer.Cause, answer.Pause?.By));
    }

    [Theory]
    [InlineData("acme", null)]
    [InlineData(null, Work.Executor)]
    [InlineData("acme", Work.Executor)]
    public async Task Why_WidePause_ScopeByWhomAndUntilWhenAlsoAfterItsEnd(string? tenant, string? executor)
    {
        var scope = executor is null ? PauseScope.ForTenant(new TenantId(tenant!)) : tenant is null ? PauseScope.ForExecutor(executor) : PauseScope.For(new TenantId(tenant), executor);
        await EveryAsync(Minute);
        await Scheduler.PauseAsync(scope, "ann", "upstream is down");
        var answers = new List<SlotAnswer> { await Acme.WhyAsync("job", Start + Minute) };
        Advance(Minute);
        answers.Add(await Acme.WhyAsync("job", Start + Minute));
        Advance(Duration.FromSeconds(30));
        await Scheduler.ResumeAsync(scope);
        answers.Add(await Acme.WhyAsync("job", Start + Minute));
        await Process().ClaimAsync();
        answers.Add(await Acme.WhyAsync("job", Start + Minute));

        Assert.Equal([SlotOutcome.NotDue, SlotOutcome.Due, SlotOutcome.Due, SlotOutcome.Skipped], answers.Select(static answer => answer.Outcome));
        Assert.All(answers, answer => Assert.Equal((SlotCause.WidelyPaused, scope, "ann", "upstream is down"), (answer.Cause, answer.PauseScope, answer.Pause?.By, answer.Pause?.Reason)));
    }

    [Fact]
    public async Task Why_TenantHasItsMost_HeldByTheLimit()
    {
        await Scheduler.SetLimitsAsync(new TenantId("acme"), new TenantLimits { MaximumRunning = 1 });
        await DueNowAsync("other");
        var node = Process();
        await node.ClaimOneAsync();
        await DueNowAsync();
        await node.ClaimAsync();

        var answer = await Acme.WhyAsync("job", Now);

        Assert.Equal((SlotOutcome.Due, SlotCause.TenantLimit, 1), (answer.Outcome, answer.Cause, answer.Limits?.MaximumRunning));
    }

    [Fact]
    public async Task Why_TenantStartedItsShare_HeldByTheRate()
    {
        await Scheduler.SetLimitsAsync(new TenantId("acme"), new TenantLimits { MaximumRate = new RunRate(1, Duration.FromHours(1)) });
        await DueNowAsync("other");
        var node = Process();
        await node.SucceedAsync(await node.ClaimOneAsync());
        await DueNowAsync();
        Assert.Empty((await node.ClaimAsync()).Runs);

        Assert.Equal((SlotOutcome.Due, SlotCause.TenantRate), await KindAsync(Now));
    }

    [Fact]
    public async Task Why_NobodyTakesIt_NoNodeNoExecutorOrNoPlace()
    {
        await DueNowAsync();
        Assert.Equal((SlotOutcome.Due, SlotCause.NoNode), await KindAsync(Start));
        await Process("other").ClaimAsync();
        Assert.Equal((SlotOutcome.Due, SlotCause.NoExecutor), await KindAsync(Start));
        await Process().ClaimAsync(free: 0);
        Assert.Equal((SlotOutcome.Due, SlotCause.NoPlace), await KindAsync(Start));
    }

    [Fact]
    public async Task Why_Parked_NoExecutor()
    {
        await DueNowAsync();
        var node = Process("other");
        await node.ClaimAsync();
        Advance(TestProcess.ParkAfter + Minute);
        await node.RenewAsync();
        await node.SweepAsync();

        var answer = await Acme.WhyAsync("job", Start);

        Assert.Equal((JobState.Parked, SlotOutcome.Due, SlotCause.NoExecutor), (answer.Job.State, answer.Outcome, answer.Cause));
    }

    [Fact]
    public async Task Why_WindowClosed_KnownBeforeAndAfterTheClaim()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneDay, hour: 11)));
        var slot = Start + Duration.FromHours(1);
        AdvanceTo(slot + Duration.FromHours(1));
        var before = await Acme.WhyAsync("job", slot);
        await Process().ClaimAsync();
        var after = await Acme.WhyAsync("job", slot);

        Assert.Equal((SlotOutcome.Due, SlotCause.WindowClosed, Now), (before.Outcome, before.Cause, before.WindowEnd));
        Assert.Equal((SlotOutcome.Missed, SlotCause.WindowClosed, Now), (after.Outcome, after.Cause, after.WindowEnd));
    }

    [Fact]
    public async Task Why_NodeLost_AlsoBeforeAnybodySwept()
    {
        await EveryAsync(Duration.FromHours(1));
        Advance(Duration.FromHours(1));
        var slot = Now;
        var crashed = Process();
        await crashed.ClaimOneAsync();
        crashed.Crash();
        Advance(Minute + Minute);
        Assert.Equal((SlotOutcome.Running, SlotCause.NodeLost), await KindAsync(slot));

        var node = Process();
        await node.RenewAsync();
        await node.SweepAsync();
        Assert.Equal((SlotOutcome.Pending, SlotCause.NodeLost), await KindAsync(slot));
        await node.SucceedAsync(await node.ClaimOneAsync());
        var ran = await Acme.WhyAsync("job", slot);
        Assert.Equal((SlotOutcome.Ran, SlotCause.None, 2), (ran.Outcome, ran.Cause, ran.Execution?.Attempt));
    }

    [Fact]
    public async Task Why_NoSlot_NearestOnes()
    {
        await EveryAsync(Minute);

        var answer = await Acme.WhyAsync("job", Start + Duration.FromSeconds(90));

        Assert.Equal((SlotOutcome.NotASlot, SlotCause.None, null), (answer.Outcome, answer.Cause, answer.Start));
        Assert.Equal((Start + Minute, Start + Minute + Minute), (answer.PreviousSlot, answer.NextSlot));
    }

    [Fact]
    public async Task Why_NoRow_BeforeTheJobOrAnotherScheduleOrHistoryGone()
    {
        Invariants.Reschedules(await EveryAsync(Minute));
        Assert.Equal((SlotOutcome.NoRow, SlotCause.BeforeJob), await KindAsync(Start));
        Assert.Equal((SlotOutcome.NoRow, SlotCause.BeforeJob), await KindAsync(Start - Minute));

        var node = Process();
        var run = await NextAsync(node);
        await node.SucceedAsync(run);
        await Acme.UpdateAsync("job", new JobChange { Schedule = Schedule.Interval(Duration.FromHours(1)) });
        Advance(Duration.FromHours(3));
        await Acme.UpdateAsync("job", new JobChange { Schedule = Schedule.Interval(Minute) });
        Assert.Equal((SlotOutcome.NoRow, SlotCause.ScheduleChanged), await KindAsync(Start + Duration.FromMinutes(30)));

        Assert.Equal(SlotOutcome.Ran, (await Acme.WhyAsync("job", run.Slots!.Value.Last)).Outcome);
        Advance(TestProcess.Retention + Duration.FromDays(1));
        await node.SucceedAsync(await node.ClaimOneAsync());
        await node.SweepAsync();
        Invariants.HistoryWasPurged = true;
        Assert.Equal((SlotOutcome.NoRow, SlotCause.HistoryGone), await KindAsync(run.Slots.Value.Last));
    }

    [Fact]
    public async Task Why_ManyRows_EachSlotIsFoundInItsRow()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Duration.FromSeconds(1))) with { Overlap = OverlapPolicy.Allow });
        var node = Process();
        for (var n = 0; n < 150; n++)
        {
            Advance(Duration.FromSeconds(n % 40 == 39 ? 3_600 : 1));
            await node.ClaimAsync();
            await node.SucceedAllAsync();
        }

        foreach (var row in (await HistoryAsync("job")).Where(static row => row.Slots is not null))
        {
            Assert.Equal(row.Id, (await Acme.WhyAsync("job", row.Slots!.Value.First)).Execution?.Id);
            Assert.Equal(row.Id, (await Acme.WhyAsync("job", row.Slots.Value.Last)).Execution?.Id);
        }
    }

    [Fact]
    public async Task Why_AnotherTenantsJob_IsNotFound()
    {
        var job = await EveryAsync(Minute);

        await Assert.ThrowsAsync<JobNotFoundException>(async () => await Tenant("globex").WhyAsync(job.Id, Start + Minute));
    }

    private async Task<(SlotOutcome Outcome, SlotCause Cause)> KindAsync(Instant slot)
    {
        var answer = await Acme.WhyAsync("job", slot);
        Assert.NotEmpty(answer.Text);
        return (answer.Outcome, answer.Cause);
    }

    private Task<ClaimedRun> NextAsync(TestProcess node)
    {
        Advance(Minute);
        return node.ClaimOneAsync();
    }
}
