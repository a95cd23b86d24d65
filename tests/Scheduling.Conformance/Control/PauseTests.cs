using NodaTime;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Pausing and resuming jobs.</summary>
public abstract class PauseTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    [Fact]
    public async Task Pause_Job_TellsWhoWhyAndSinceWhen()
    {
        await EveryAsync(Minute);
        Advance(Duration.FromSeconds(10));

        var paused = await Acme.PauseAsync("job", "ops", "incident 7", Now + Duration.FromHours(1));

        Assert.Equal(new Pause { Since = Now, By = "ops", Reason = "incident 7", Until = Now + Duration.FromHours(1) }, paused.Pause);
        Assert.Equal((JobState.Paused, false, null, 2L), (paused.State, paused.Active, paused.NextRunAt, paused.Version));
        Assert.Equal(paused, await ReadAsync("job"));
    }

    [Fact]
    public async Task Pause_Again_ChangesTheReasonAndKeepsSince()
    {
        await EveryAsync(Minute);
        var first = await Acme.PauseAsync("job", reason: "one");
        Advance(Duration.FromSeconds(10));

        Assert.Equal(first, await Acme.PauseAsync("job", reason: "one"));
        var second = await Acme.PauseAsync("job", reason: "two");

        Assert.Equal(("two", Start, 3L), (second.Pause!.Reason, second.Pause.Since, second.Version));
    }

    [Fact]
    public async Task Paused_Job_StartsNothingWhileItsRunningOneFinishes()
    {
        await EveryAsync(Minute);
        var node = Process();
        Advance(Minute);
        var run = await node.ClaimOneAsync();
        await Acme.PauseAsync("job");
        Advance(Duration.FromHours(1));

        var claim = await node.ClaimAsync();

        Assert.Empty(claim.Runs);
        Assert.Empty((await node.RenewAsync()).Lost);
        await node.SucceedAsync(run);
        Assert.Equal(ExecutionStatus.Succeeded, Assert.Single(await HistoryAsync("job")).Status);
    }

    [Fact]
    public async Task Resume_GoesOnFromNowAndRecordsWhatPassed()
    {
        await EveryAsync(Minute);
        await Acme.PauseAsync("job");
        Advance(Duration.FromMinutes(10) + Duration.FromSeconds(30));

        var resumed = await Acme.ResumeAsync("job");

        Assert.Equal((JobState.Active, null, Start + (Minute * 11)), (resumed.State, resumed.Pause, resumed.NextRunAt));
        var row = Assert.Single(await HistoryAsync("job"));
        Assert.Equal((ExecutionStatus.Skipped, ExecutionReason.Paused, new SlotRange(Start + Minute, Start + (Minute * 10), 10)), (row.Status, row.Reason, row.Slots));
        Assert.Empty((await Process().ClaimAsync()).Runs);
        Advance(Duration.FromSeconds(30));
        Assert.Equal(Now, (await Process().ClaimOneAsync()).Slots?.Last);
    }

    [Fact]
    public async Task Resume_AtTheVerySecondOfASlot_RunsIt()
    {
        await EveryAsync(Minute);
        await Acme.PauseAsync("job");
        Advance(Duration.FromMinutes(10));
        await Acme.ResumeAsync("job");

        Assert.Equal(Now, (await Process().ClaimOneAsync()).Slots?.Last);
        Assert.Equal(9, (await HistoryAsync("job"))[0].Slots!.Value.Count);
    }

    [Fact]
    public async Task Resume_NothingPassedOrNotPaused_WritesNoRow()
    {
        var job = await EveryAsync(Minute);
        Assert.Equal(job, await Acme.ResumeAsync("job"));
        await Acme.PauseAsync("job");
        Advance(Duration.FromSeconds(10));

        var resumed = await Acme.ResumeAsync("job");

        Assert.Equal((job.NextRunAt, 3L), (resumed.NextRunAt, resumed.Version));
        Assert.Empty(await HistoryAsync("job"));
    }

    [Fact]
    public async Task PauseAndResume_AgainAndAgain_IsOneRowThatGrows()
    {
        await EveryAsync(Minute);
        for (var n = 0; n < 3; n++)
        {
            await Acme.PauseAsync("job");
            Advance(Minute + Duration.FromSeconds(1));
            await Acme.ResumeAsync("job");
        }

        Assert.Equal(3, Assert.Single(await HistoryAsync("job")).Slots!.Value.Count);
    }

    [Fact]
    public async Task PauseAndResume_WithAnOpenRunBetween_BeginsANewRow()
    {
        await EveryAsync(Minute);
        var node = Process();
        await PauseForAsync(Minute + Duration.FromSeconds(1));
        AdvanceTo(Start + (Minute * 2));
        await node.ClaimOneAsync();
        await PauseForAsync(Minute + Duration.FromSeconds(1));

        Assert.Equal(
            [SlotRange.Of(Start + Minute), SlotRange.Of(Start + (Minute * 2)), SlotRange.Of(Start + (Minute * 3))],
            (await HistoryAsync("job")).Select(static row => row.Slots!.Value).OrderBy(static slots => slots.First));
    }

    [Fact]
    public async Task Pause_WithOverdueSlots_RecordsThemAsMissed()
    {
        await EveryAsync(Minute);
        Advance(Duration.FromMinutes(5) + Duration.FromSeconds(1));

        await Acme.PauseAsync("job");
        Advance(Duration.FromMinutes(2));
        await Acme.ResumeAsync("job");

        var rows = await HistoryAsync("job");
        Assert.Equal([(ExecutionStatus.Missed, 5L), (ExecutionStatus.Skipped, 2L)], rows.Select(static row => (row.Status, row.Slots!.Value.Count)));
        Assert.All(rows, static row => Assert.Equal(ExecutionReason.Paused, row.Reason));
    }

    [Fact]
    public async Task Until_ComesByItself_TheNextClaimGoesOn()
    {
        await EveryAsync(Minute);
        var until = Start + Duration.FromMinutes(10) + Duration.FromSeconds(30);
        await Acme.PauseAsync("job", until: until);
        var node = Process();
        Assert.Equal(until, (await node.ClaimAsync()).NextWake);
        AdvanceTo(until - Fixture.ClockPrecision);
        Assert.Empty((await node.ClaimAsync()).Gaps);
        AdvanceTo(until);

        var claim = await node.ClaimAsync();

        Assert.Empty(claim.Runs);
        Assert.Equal(10, Assert.Single(claim.Gaps).Gap.Slots.Count);
        Assert.Equal(Start + (Minute * 11), claim.NextWake);
        var job = await ReadAsync("job");
        Assert.Equal((JobState.Active, null, Start + (Minute * 11), 2L), (job.State, job.Pause, job.NextRunAt, job.Version));
        AdvanceTo(job.NextRunAt!.Value);
        Assert.Equal(Duration.Zero, (await node.ClaimOneAsync()).Lag);
    }

    [Fact]
    public async Task Until_LongGoneWhenSomebodyLooks_SkipsThePauseAndCatchesUpTheRest()
    {
        await EveryAsync(Minute);
        await Acme.PauseAsync("job", until: Start + Duration.FromMinutes(10));
        Advance(Duration.FromMinutes(30));

        var claim = await Process().ClaimAsync();

        Assert.Equal(new SlotRange(Start + (Minute * 10), Start + (Minute * 30), 21), Assert.Single(claim.Runs).Slots);
        Assert.Equal(new SlotRange(Start + Minute, Start + (Minute * 9), 9), Assert.Single(claim.Gaps).Gap.Slots);
    }

    [Fact]
    public async Task Until_NotAfterNow_IsRefused()
    {
        var job = await EveryAsync(Minute);

        var refused = await Assert.ThrowsAsync<SchedulingValidationException>(async () => await Acme.PauseAsync("job", until: Now));

        Assert.Equal("until", Assert.Single(refused.Errors).Field);
        Assert.Equal(job, await ReadAsync("job"));
    }

    [Fact]
    public async Task CreatedInactive_ThenActivated_RunsFromThenOn()
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Minute)) with { Active = false });
        Assert.Equal((JobState.Paused, null), (job.State, job.NextRunAt));
        Advance(Duration.FromMinutes(5) + Duration.FromSeconds(1));

        await Acme.UpdateAsync("job", new JobChange { Active = true });

        Assert.Empty((await Process().ClaimAsync()).Runs);
        Advance(Duration.FromSeconds(59));
        Assert.Equal(Now, (await Process().ClaimOneAsync()).Slots?.Last);
    }

    private async Task PauseForAsync(Duration pause)
    {
        await Acme.PauseAsync("job");
        Advance(pause);
        await Acme.ResumeAsync("job");
    }

    [Fact]
    public async Task Pause_WhileClaimsRace_StartsNothingAfterItsCommit()
    {
        for (var n = 0; n < 50; n++)
        {
            var key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"job-{n}");
            await DueNowAsync(key);
            var (node, acme) = (Process(), Acme);
            var pausing = Task.Run(async () => await acme.PauseAsync(key));
            var claim = await node.ClaimAsync();
            await pausing;
            var later = await node.ClaimAsync();

            Assert.Empty(later.Runs);
            Assert.True(claim.Runs.Count <= 1);
            Assert.Equal(claim.Runs.Count == 1, (await HistoryAsync(key)).Any(static row => row.Status == ExecutionStatus.Running));
            await node.SucceedAllAsync();
        }
    }
}
