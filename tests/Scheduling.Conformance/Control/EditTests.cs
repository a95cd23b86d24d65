using NodaTime;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Changing and ending schedules while slots are overdue, running or done.</summary>
public abstract class EditTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    [Fact]
    public async Task Schedule_ChangedWithOverdueSlots_RecordsThemAndFiresNothingAtOnce()
    {
        Invariants.Reschedules(await EveryAsync(Minute));
        Advance(Duration.FromMinutes(5) + Duration.FromSeconds(1));

        var edited = await Acme.UpdateAsync("job", new JobChange { Schedule = Schedule.Interval(Duration.FromMinutes(7)) });

        var row = Assert.Single(await HistoryAsync("job"));
        Assert.Equal((ExecutionStatus.Missed, ExecutionReason.Edited, new SlotRange(Start + Minute, Start + (Minute * 5), 5)), (row.Status, row.Reason, row.Slots));
        Assert.Equal((Start + Minute, Start + (Minute * 8)), (edited.Anchor, edited.NextRunAt));
        Assert.Empty((await Process().ClaimAsync()).Runs);
    }

    [Fact]
    public async Task Schedule_ChangedWhileRunning_LeavesTheRunAlone()
    {
        Invariants.Reschedules(await EveryAsync(Minute));
        var node = Process();
        Advance(Minute);
        var run = await node.ClaimOneAsync();

        await Acme.UpdateAsync("job", new JobChange { Schedule = Schedule.Cron("0 12 * * *") });

        Assert.Empty((await node.RenewAsync()).Lost);
        await node.SucceedAsync(run);
        Assert.Equal((ExecutionStatus.Succeeded, 1L), (Assert.Single(await HistoryAsync("job")).Status, (await HistoryAsync("job"))[0].JobVersion));
        Assert.Equal(Instant.FromUtc(2026, 3, 2, 12, 0), (await ReadAsync("job")).NextRunAt);
    }

    [Fact]
    public async Task Schedule_ChangedBackAndForth_NeverRunsASlotTwice()
    {
        Invariants.Reschedules(await EveryAsync(Minute));
        var node = Process();
        Advance(Minute);
        await node.SucceedAsync(await node.ClaimOneAsync());
        for (var n = 0; n < 3; n++)
        {
            await Acme.UpdateAsync("job", new JobChange { Schedule = Schedule.Interval(Minute * 2) });
            await Acme.UpdateAsync("job", new JobChange { Schedule = Schedule.Interval(Minute) });
        }

        Assert.Empty((await node.ClaimAsync()).Runs);
        Assert.Equal(Start + (Minute * 2), (await ReadAsync("job")).NextRunAt);
    }

    [Fact]
    public async Task Schedule_ChangedWhilePaused_RecordsThePauseByTheOldOne()
    {
        Invariants.Reschedules(await EveryAsync(Minute));
        await Acme.PauseAsync("job");
        Advance(Duration.FromMinutes(3) + Duration.FromSeconds(1));
        await Acme.UpdateAsync("job", new JobChange { Schedule = Schedule.Interval(Duration.FromMinutes(10)) });
        Advance(Duration.FromMinutes(20));

        var resumed = await Acme.UpdateAsync("job", new JobChange { Active = true });

        var ranges = (await HistoryAsync("job")).Select(static row => row.Slots!.Value).ToList();
        Assert.Equal(new SlotRange(Start + Minute, Start + (Minute * 3), 3), new SlotRange(ranges[0].First, Start + (Minute * 3), 3));
        Assert.Equal(Start + (Minute * 21), ranges[^1].Last);
        Assert.Equal(Start + (Minute * 31), resumed.NextRunAt);
        Assert.Empty((await Process().ClaimAsync()).Runs);
    }

    [Fact]
    public async Task ScheduleAndActive_ChangedTogether_AnswerForEverySlotOnce()
    {
        Invariants.Reschedules(await EveryAsync(Minute));
        Advance(Duration.FromMinutes(3) + Duration.FromSeconds(1));
        var off = await Acme.UpdateAsync("job", new JobChange { Schedule = Schedule.Interval(Minute * 2), Active = false });
        Assert.Equal((2L, JobState.Paused), (off.Version, off.State));
        Advance(Duration.FromMinutes(10));

        var on = await Acme.UpdateAsync("job", new JobChange { Schedule = Schedule.Interval(Minute * 5), Active = true });

        Assert.Equal((3L, JobState.Active), (on.Version, on.State));
        Assert.Equal([ExecutionReason.Edited, ExecutionReason.Paused], (await HistoryAsync("job")).Select(static row => row.Reason));
        Assert.Empty((await Process().ClaimAsync()).Runs);
    }

    [Fact]
    public async Task Executor_ChangedWithOverdueSlots_KeepsThemDue()
    {
        await EveryAsync(Minute);
        Advance(Duration.FromMinutes(3));

        await Acme.UpdateAsync("job", new JobChange { Executor = "other" });

        Assert.Empty((await Process().ClaimAsync()).Runs);
        Assert.Equal(3, (await Process("other").ClaimOneAsync()).Slots?.Count);
    }

    [Fact]
    public async Task Once_AfterItsRun_IsCompleted()
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Once(Now + Minute)));
        Assert.Equal((JobState.Active, Start + Minute), (job.State, job.NextRunAt));
        Advance(Minute);
        var node = Process();
        await node.SucceedAsync(await node.ClaimOneAsync());

        var done = await ReadAsync("job");

        Assert.Equal((JobState.Completed, null, null), (done.State, done.NextRunAt, done.NextSlot));
        Advance(Duration.FromDays(1));
        var claim = await node.ClaimAsync();
        Assert.Empty(claim.Runs);
        Assert.Null(claim.NextWake);
    }

    [Fact]
    public async Task Once_CompletedAndSetAnew_RunsAgain()
    {
        Invariants.Reschedules(await DueNowAsync());
        var node = Process();
        await node.SucceedAsync(await node.ClaimOneAsync());

        var job = await Acme.UpdateAsync("job", new JobChange { Schedule = Schedule.Once(Now + Minute) });

        Assert.Equal((JobState.Active, Now + Minute), (job.State, job.NextRunAt));
        Advance(Minute);
        await node.ClaimOneAsync();
    }

    [Fact]
    public async Task Cron_InANewZone_RunsByItsNewLocalTime()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Cron("0 12 * * *", "Europe/Paris")));
        Assert.Equal(Instant.FromUtc(2026, 3, 2, 11, 0), (await ReadAsync("job")).NextRunAt);

        var edited = await Acme.UpdateAsync("job", new JobChange { Schedule = Schedule.Cron("0 12 * * *", "Asia/Tokyo") });

        Assert.Equal(Instant.FromUtc(2026, 3, 3, 3, 0), edited.NextRunAt);
    }

    [Fact]
    public async Task Anchor_SetAnew_MovesTheGrid()
    {
        Invariants.Reschedules(await EveryAsync(Duration.FromHours(1)));

        var edited = await Acme.UpdateAsync("job", new JobChange { Anchor = (Instant?)(Start + (Minute * 20)) });

        Assert.Equal((Start + (Minute * 20), Start + (Minute * 20)), (edited.Anchor, edited.NextRunAt));
    }

    [Fact]
    public async Task Edit_RacingWithTheClaimOfADueSlot_AnswersForItOnce()
    {
        for (var n = 0; n < 50; n++)
        {
            var key = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"job-{n}");
            Invariants.Reschedules(await EveryAsync(Minute, key));
            Advance(Minute + Duration.FromSeconds(1));
            var (node, acme) = (Process(), Acme);
            var editing = Task.Run(async () => await acme.UpdateAsync(key, new JobChange { Schedule = Schedule.Interval(Minute * 3) }));
            await node.ClaimAsync();
            await editing;

            Assert.Single(await HistoryAsync(key));
            await node.SucceedAllAsync();
            await Acme.DeleteAsync(key);
        }
    }
}
