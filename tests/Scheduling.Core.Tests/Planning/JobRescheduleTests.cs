using NodaTime;
using Scheduling.Schedules;
using static Scheduling.Core.Tests.Planning.EditCase;

namespace Scheduling.Core.Tests.Planning;

/// <summary>Edits of the schedule: they count from now, the anchor stays, and overdue slots get one row.</summary>
public class JobRescheduleTests
{
    private static readonly Schedule Hourly = Schedule.Interval(Duration.FromHours(1));

    [Fact]
    public void Change_FourHoursWithAKeptHourToOneDay_AppliesTheHour()
    {
        // contracts.md: FOUR_HOURS + hour fires six times a day; switching to ONE_DAY applies the kept hour with no further call.
        var job = Made(Schedule.Polling(PollingInterval.FourHours, hour: 0), "04T12:20:30");
        var context = new Scheduling.Planning.DuePlanner().ContextOf(job.Tenant, job.Definition, job.Anchor);
        Assert.Equal(6, job.Schedule.CountSlots(March.At("05T00:00"), March.At("05T23:59:59"), context));

        var daily = ScheduleDocumentPatch.Parse("""{"pollingInterval":"ONE_DAY"}""").ApplyTo(job.Schedule);
        var edit = job.Change(new JobChange { Schedule = daily }, "04T13:00");

        Assert.Equal("v2; Active; next 05T00:00 at 05T00:01:10.016", edit.Text());
        var back = edit.Job.Change(new JobChange { Schedule = job.Schedule }, "04T14:00");
        Assert.Equal("v3; Active; next 04T16:20:30", back.Text());
    }

    [Fact]
    public void Change_DisabledAndBack_KeepsValuesAndGrid()
    {
        var job = Made(Schedule.Polling(PollingInterval.OneHour), "04T12:20:30");

        var off = job.Change(new JobChange { Schedule = ScheduleDocumentPatch.Parse("""{"pollingInterval":"DISABLED"}""").ApplyTo(job.Schedule) }, "04T12:50");
        Assert.Equal("v2; Active; next never", off.Text());
        var on = off.Job.Change(new JobChange { Schedule = job.Schedule }, "06T12:50");
        Assert.Equal("v3; Active; next 06T13:20:30", on.Text());
    }

    public static TheoryData<string, Schedule, string> SameKind => new()
    {
        { "shorter", Schedule.Interval(Duration.FromMinutes(20)), "04T13:00:30" },
        { "longer", Schedule.Interval(Duration.FromHours(6)), "04T13:20:30" },
        { "with a spread", Hourly.WithSpread(Duration.FromMilliseconds(1)), "04T13:20:30" },
    };

    [Theory]
    [MemberData(nameof(SameKind))]
    public void Change_OtherInterval_AnchorSurvives(string name, Schedule schedule, string next)
    {
        Assert.NotEmpty(name);
        var job = Made(Hourly, "04T12:20:30");

        var edit = job.Change(new JobChange { Schedule = schedule }, "04T12:50");

        Assert.Equal(job.Anchor, edit.Job.Anchor);
        Assert.Equal($"v2; Active; next {next}", edit.Text());
    }

    [Fact]
    public void Change_ReSavedEveryMinute_NeverPostpones()
    {
        // A UI that saves the whole form again must not push the run ahead of itself.
        var job = Made(Hourly, "04T12:20:30");
        for (var minute = 21; minute < 60; minute++)
        {
            var every = Duration.FromMinutes(minute % 2 == 0 ? 60 : 30);
            job = job.Change(new JobChange { Schedule = Schedule.Interval(every) }, $"04T12:{minute}").Job;
            Assert.Equal(March.At(every == Duration.FromHours(1) || minute >= 51 ? "04T13:20:30" : "04T12:50:30"), job.NextRunAt);
        }
    }

    [Fact]
    public void Change_OtherKind_TakesANewAnchorFromNow()
    {
        var cron = Made(Hourly, "04T12:20:30").Change(new JobChange { Schedule = Schedule.Cron("0 0 * * *") }, "04T12:50").Job;
        var back = cron.Change(new JobChange { Schedule = Hourly }, "04T12:55:05");

        Assert.Equal("v3; Active; next 04T13:55:05", back.Text());
        Assert.Equal(March.At("04T13:55:05"), back.Job.Anchor);
    }

    [Fact]
    public void Change_OtherKindToAGridThroughNow_IsNotDueAtOnce()
    {
        var job = Made(Schedule.Cron("0 0 * * *"), "04T12:20:30");

        var edit = job.Change(new JobChange { Schedule = Schedule.Polling(PollingInterval.FifteenMinutes) }, "04T12:50");

        Assert.Equal("v2; Active; next 04T13:05", edit.Text());
    }

    public static TheoryData<string, Schedule, Schedule> FirstThoughts { get; } = new()
    {
        { "interval to interval", Hourly, Schedule.Interval(Duration.FromMinutes(15)) },
        { "cron to interval", Schedule.Cron("0 0 * * *"), Hourly },
        { "manual to polling", Schedule.Manual, Schedule.Polling(PollingInterval.OneDay) },
        { "disabled to polling", Schedule.Polling(PollingInterval.Disabled), Schedule.Polling(PollingInterval.OneDay) },
        { "pinned to unpinned", Schedule.Polling(PollingInterval.OneDay, hour: 0), Schedule.Polling(PollingInterval.OneDay) },
        { "pinned to more often", Schedule.Polling(PollingInterval.OneWeek, hour: 3, dayOfWeek: 4), Schedule.Polling(PollingInterval.FourHours) },
    };

    /// <summary>The change comes at the very instant of the creation, on a whole second, where the grid has a slot: what is not due the moment it is made is not due the moment it is changed either.</summary>
    [Theory]
    [MemberData(nameof(FirstThoughts))]
    public void Change_AtTheInstantOfCreation_IsNotDueAtOnce(string name, Schedule before, Schedule after)
    {
        var at = March.At("04T12:20:30");

        var edit = Made(before, "04T12:20:30").Change(new JobChange { Schedule = after }, "04T12:20:30");

        Assert.True(edit.Job.NextRunAt > at, $"{name}: {edit.Job.NextRunAt}");
        Assert.Null(edit.Gap);
    }

    [Fact]
    public void Change_AnchorSet_MovesTheGridAndNullTakesOneFromNow()
    {
        var job = Made(Hourly, "04T12:20:30");

        var moved = job.Change(new JobChange { Anchor = March.At("01T00:05") }, "04T12:50");
        Assert.Equal("v2; Active; next 04T13:05", moved.Text());
        Assert.False(moved.Job.Change(new JobChange { Anchor = March.At("01T00:05") }, "04T12:51").IsChange);

        var anew = moved.Job.Change(new JobChange { Anchor = (Instant?)null }, "04T12:55");
        Assert.Equal("v3; Active; next 04T13:55", anew.Text());
    }

    [Fact]
    public void Change_SpreadKey_MovesTheStartNotTheSlot()
    {
        var job = Made(Schedule.Polling(PollingInterval.OneDay, hour: 0), "04T12:20:30");

        var edit = job.Change(new JobChange { SpreadKey = "together" }, "04T12:50");

        Assert.Equal(job.NextSlot, edit.Job.NextSlot);
        Assert.NotEqual(job.NextRunAt, edit.Job.NextRunAt);
    }

    public static TheoryData<string, string, string> Overdue => new()
    {
        { "nothing overdue", "04T13:20:30", "v2; Active; next 05T00:00" },
        { "one overdue", "04T13:20:30.000000001", "v2; Missed(Edited) 04T13:20:30; Active; next 05T00:00" },
        { "several overdue", "04T16:00", "v2; Missed(Edited) 04T13:20:30..04T15:20:30 x3; Active; next 05T00:00" },
    };

    [Theory]
    [MemberData(nameof(Overdue))]
    public void Change_WithOverdueSlots_WritesOneMissedRowAndFiresNothing(string name, string at, string expected)
    {
        // faults.md A32: the new schedule counts from the change, it never fires at once.
        Assert.NotEmpty(name);
        var edit = Made(Hourly, "04T12:20:30").Change(new JobChange { Schedule = Schedule.Cron("0 0 * * *") }, at);

        Assert.Equal(expected, edit.Text());
        Assert.Equal(edit.Gap?.Slots.Last, edit.Gap is null ? null : edit.Job.LastSlot);
    }

    [Fact]
    public void Change_SlotAlreadyRun_IsNotPlannedAgain()
    {
        // The new grid has 13:20:30 too, and the job may be edited in the second it was claimed.
        var job = Made(Hourly, "04T12:20:30").ClaimedUpTo("04T13:20:30");

        var edit = job.Change(new JobChange { Schedule = Schedule.Interval(Duration.FromMinutes(30)) }, "04T13:20:30");

        Assert.Equal("v2; Active; next 04T13:50:30", edit.Text());
    }

    [Fact]
    public void Change_ZoneOfACron_CountsFromTheChange() =>
        Assert.Equal(
            "v2; Active; next 05T11:00",
            Made(Schedule.Cron("0 12 * * *"), "04T10:00").Change(new JobChange { Schedule = Schedule.Cron("0 12 * * *", "Europe/Paris") }, "04T11:30").Text());

    [Fact]
    public void Change_WhilePaused_SlotsOfTheOldScheduleOnly()
    {
        var paused = Made(Hourly, "04T12:00").Pause("04T12:10").Job;

        var edit = paused.Change(new JobChange { Schedule = Schedule.Cron("*/10 * * * *") }, "04T15:30");
        Assert.Equal("v3; Skipped(Paused) 04T13:00..04T15:00 x3; Paused; next never", edit.Text());
        Assert.Equal("v4; Skipped(Paused) 04T15:30..04T15:50 x3; Active; next 04T16:00", edit.Job.Resume("04T15:55").Text());
    }

    [Fact]
    public void Change_FaultedJob_TheScheduleMendsIt()
    {
        var job = Made(Schedule.Cron("0 * * * *"), "04T12:10") with
        {
            Definition = Definition(Schedule.Cron("0 * * * *", "Gone/Zone")),
            Fault = new JobFault { Reason = JobFaultReason.UnknownZone, Since = March.At("04T13:00") },
            State = JobState.Faulted,
            NextSlot = null,
            NextRunAt = null,
        };

        var renamed = job.Change(new JobChange { Name = "n" }, "04T15:30");
        Assert.Equal("v2; Faulted; next never", renamed.Text());
        var mended = renamed.Job.Change(new JobChange { Schedule = Schedule.Cron("0 * * * *") }, "04T15:31");
        Assert.Equal("v3; Active; next 04T16:00", mended.Text());
        Assert.Null(mended.Job.Fault);
    }

    [Fact]
    public void Change_ZoneUnknownToThisNode_OverdueJobCanStillBeMended()
    {
        var job = Made(Hourly, "04T12:10") with { Definition = Definition(Schedule.Cron("0 * * * *", "Gone/Zone")), NextSlot = March.At("04T13:00"), NextRunAt = March.At("04T13:00") };

        var edit = job.Change(new JobChange { Schedule = Schedule.Cron("0 * * * *") }, "04T15:30");

        Assert.Equal("v2; Missed(Edited) 04T13:00; Active; next 04T16:00", edit.Text());
    }
}
