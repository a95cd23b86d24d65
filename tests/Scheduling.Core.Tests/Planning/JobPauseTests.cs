using NodaTime;
using Scheduling.Schedules;
using static Scheduling.Core.Tests.Planning.EditCase;

namespace Scheduling.Core.Tests.Planning;

/// <summary>Pause, resume, delete, parked jobs: which slots get which row.</summary>
public class JobPauseTests
{
    private static readonly Schedule Hourly = Schedule.Interval(Duration.FromHours(1));

    [Fact]
    public void Pause_NothingOverdue_NoRowAndNoNextRun()
    {
        var edit = Made(Hourly, "04T12:00").Pause("04T12:30", by: "ann", reason: "maintenance");

        Assert.Equal("v2; Paused; next never", edit.Text());
        Assert.Equal(new Pause { Since = March.At("04T12:30"), By = "ann", Reason = "maintenance" }, edit.Job.Pause);
        Assert.Equal(March.At("04T12:30"), edit.Job.UpdatedAt);
    }

    [Fact]
    public void Pause_SlotsOverdue_OneMissedRow()
    {
        var edit = Made(Hourly, "04T12:00").Pause("04T15:30");

        Assert.Equal("v2; Missed(Paused) 04T13:00..04T15:00 x3; Paused; next never", edit.Text());
        Assert.Equal("v3; Skipped(Paused) 04T16:00; Active; next 04T17:00", edit.Job.Resume("04T16:10").Text());
    }

    [Fact]
    public void Pause_OnTheSlot_TheSlotBelongsToThePause()
    {
        var paused = Made(Hourly, "04T12:00").Pause("04T13:00");
        Assert.Equal("v2; Paused; next never", paused.Text());

        Assert.Equal("v3; Active; next 04T13:00", paused.Job.Resume("04T13:00").Text());
        Assert.Equal("v3; Skipped(Paused) 04T13:00; Active; next 04T14:00", paused.Job.Resume("04T13:00:01").Text());
    }

    [Fact]
    public void Pause_Again_ChangesWhoAndWhyButNotSince()
    {
        var paused = Made(Hourly, "04T12:00").Pause("04T12:10", by: "ann").Job;

        var other = paused.Pause("04T14:00", by: "bob", until: "05T00:00");
        Assert.Equal("v3; Paused; next never", other.Text());
        Assert.Equal(new Pause { Since = March.At("04T12:10"), By = "bob", Until = March.At("05T00:00") }, other.Job.Pause);
        Assert.False(other.Job.Pause("04T15:00", by: "bob", until: "05T00:00").IsChange);
    }

    [Theory]
    [InlineData("04T12:00")]
    [InlineData("04T11:59:59")]
    public void Pause_UntilNotAfterNow_IsRefused(string until)
    {
        var job = Made(Hourly, "04T11:00");

        Assert.Equal("until", Assert.Single(Assert.Throws<SchedulingValidationException>(() => job.Pause("04T12:00", until)).Errors).Field);
    }

    [Fact]
    public void Resume_NotPaused_IsNoChange()
    {
        var job = Made(Hourly, "04T12:00");

        Assert.False(job.Resume("04T12:30").IsChange);
    }

    [Fact]
    public void Resume_NoSlotPassed_NoRow() =>
        Assert.Equal("v3; Active; next 04T13:00", Made(Hourly, "04T12:00").Pause("04T12:10").Job.Resume("04T12:50").Text());

    [Fact]
    public void Resume_OnceThatPassed_IsSkippedAndTheJobIsDone()
    {
        var paused = Made(Schedule.Once(March.At("05T00:00")), "04T12:00").Pause("04T13:00").Job;

        Assert.Equal("v3; Active; next 05T00:00", paused.Resume("04T20:00").Text());
        Assert.Equal("v3; Skipped(Paused) 05T00:00; Completed; next never", paused.Resume("05T00:00:01").Text());
    }

    [Fact]
    public void Pause_OnceInThePast_WasOverdue() =>
        Assert.Equal("v2; Missed(Paused) 01T00:00; Paused; next never", Made(Schedule.Once(March.At("01T00:00")), "04T12:00").Pause("04T12:01").Text());

    [Fact]
    public void PauseAndResume_Spread_CountsFromTheStart()
    {
        // acme/github starts 70.016 s into the hour.
        var daily = Schedule.Polling(PollingInterval.OneDay, hour: 0);
        var paused = Made(daily, "04T12:00").Pause("05T00:01:10.016").Job;

        Assert.Null(paused.LastSlot);
        Assert.Equal("v3; Skipped(Paused) 05T00:00; Active; next 06T00:00 at 06T00:01:10.016", paused.Resume("05T00:01:10.017").Text());
        Assert.Equal("v3; Active; next 05T00:00 at 05T00:01:10.016", paused.Resume("05T00:01:10.016").Text());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PauseAndResume_WithoutSlots_StaysActiveWithoutANextRun(bool disabled)
    {
        var job = Made(disabled ? Schedule.Polling(PollingInterval.Disabled) : Schedule.Manual, "04T12:00");

        Assert.Equal("v3; Active; next never", job.Pause("04T13:00").Job.Resume("20T13:00").Text());
    }

    [Fact]
    public void Delete_Overdue_OneMissedRow()
    {
        var job = Made(Hourly, "04T12:00");

        Assert.Null(Edits.Delete(job, March.At("04T13:00")));
        var gap = Edits.Delete(job, March.At("04T15:30"))!.Value;
        Assert.Equal((ExecutionStatus.Missed, ExecutionReason.Deleted, "04T13:00..04T15:00 x3"), (gap.Status, gap.Reason, March.Text(gap.Slots)));
    }

    [Fact]
    public void Delete_Paused_SlotsThatPassedAreSkipped()
    {
        var paused = Made(Hourly, "04T12:00").Pause("04T13:30").Job;

        var gap = Edits.Delete(paused, March.At("04T15:30"))!.Value;
        Assert.Equal((ExecutionStatus.Skipped, ExecutionReason.Paused, "04T14:00..04T15:00 x2"), (gap.Status, gap.Reason, March.Text(gap.Slots)));
    }

    [Fact]
    public void Delete_ZoneUnknownToThisNode_StillWorks()
    {
        var job = Made(Hourly, "04T12:00") with { Definition = Definition(Schedule.Cron("0 * * * *", "Gone/Zone")) };

        Assert.Equal("04T13:00", March.Text(Edits.Delete(job, March.At("04T15:30"))!.Value.Slots));
        Assert.Null(Edits.Delete(job with { Pause = new Pause { Since = March.At("04T12:30") } }, March.At("04T15:30")));
    }

    [Fact]
    public void Resume_ZoneUnknownToThisNode_FaultsThatJob()
    {
        var paused = Made(Hourly, "04T12:00").Pause("04T12:30").Job with { Definition = Definition(Schedule.Cron("0 * * * *", "Gone/Zone")) };

        var edit = paused.Resume("04T15:30");

        Assert.Equal("v3; Faulted; next never", edit.Text());
        Assert.Equal((JobFaultReason.UnknownZone, March.At("04T15:30")), (edit.Job.Fault!.Reason, edit.Job.Fault.Since));
        Assert.Contains("Gone/Zone", edit.Job.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Change_ExecutorOfAParkedJob_IsDueAtTheSlotItWasParkedAt()
    {
        var edit = Parked().Change(new JobChange { Executor = "other" }, "04T15:30");

        Assert.Equal("v2; Active; next 04T13:00", edit.Text());
        Assert.Null(edit.Job.Fault);
    }

    [Fact]
    public void Change_NameOfAParkedJob_StaysParked()
    {
        var edit = Parked().Change(new JobChange { Name = "n" }, "04T15:30");

        Assert.Equal((JobState.Parked, March.At("04T13:00")), (edit.Job.State, edit.Job.NextSlot));
    }

    [Fact]
    public void PauseAndResume_ParkedJob_HasASlotAgainForWhenItsExecutorTurnsUp()
    {
        var paused = Parked().Pause("04T15:30");
        Assert.Equal("v2; Missed(Paused) 04T13:00..04T15:00 x3; Paused; next never", paused.Text());

        var resumed = paused.Job.Resume("04T17:30").Job;
        Assert.Equal((JobState.Parked, March.At("04T18:00")), (resumed.State, resumed.NextSlot));
        var unparked = Edits.Unparked(resumed);
        Assert.Equal((JobState.Active, March.At("04T18:00"), March.At("04T18:00")), (unparked.State, unparked.NextSlot, unparked.NextRunAt));
    }

    private static Job Parked() => Made(Hourly, "04T12:00") with
    {
        Fault = new JobFault { Reason = JobFaultReason.NoExecutor, Since = March.At("04T13:10") },
        State = JobState.Parked,
        NextRunAt = null,
    };
}
