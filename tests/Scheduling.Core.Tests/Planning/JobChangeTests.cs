using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using static Scheduling.Core.Tests.Planning.EditCase;

namespace Scheduling.Core.Tests.Planning;

/// <summary>Edits that leave the schedule alone, versions, and the active flag.</summary>
public class JobChangeTests
{
    private static readonly Schedule Hourly = Schedule.Interval(Duration.FromHours(1));

    public static TheoryData<string, JobChange> NotOfTime => new()
    {
        { "name", new JobChange { Name = "New" } },
        { "no name", new JobChange { Name = (string?)null } },
        { "description", new JobChange { Description = "What for" } },
        { "executor", new JobChange { Executor = "other" } },
        { "payload", new JobChange { Payload = JobPayload.FromJson("""{"a":1}""") } },
        { "misfire", new JobChange { Misfire = MisfirePolicy.Skip } },
        { "overlap", new JobChange { Overlap = OverlapPolicy.Allow } },
        { "retry", new JobChange { Retry = RetryPolicy.Exponential(3, Duration.FromSeconds(1)) } },
        { "timeout", new JobChange { Timeout = Duration.FromMinutes(1) } },
        { "orphans", new JobChange { Orphans = OrphanPolicy.Abandon } },
    };

    [Theory]
    [MemberData(nameof(NotOfTime))]
    public void Change_NotOfTheSchedule_KeepsTheNextRunAndCounts(string name, JobChange change)
    {
        Assert.NotEmpty(name);
        var job = Made(Definition(Hourly) with { Name = "Old" }, "04T12:20:30");

        var edit = job.Change(change, "04T12:50");

        Assert.Equal("v2; Active; next 04T13:20:30", edit.Text());
        Assert.Equal(March.At("04T12:50"), edit.Job.UpdatedAt);
        Assert.Equal(job with { Definition = edit.Job.Definition, Version = 2, UpdatedAt = March.At("04T12:50") }, edit.Job);
        Assert.NotEqual(job.Definition, edit.Job.Definition);
        Assert.False(edit.Job.Change(change, "04T12:55").IsChange);
    }

    [Fact]
    public void Change_RenameOfAnOverdueJob_KeepsTheOverdueSlot()
    {
        var edit = Made(Hourly, "04T12:20:30").Change(new JobChange { Name = "New" }, "04T20:00");

        Assert.Equal("v2; Active; next 04T13:20:30", edit.Text());
        Assert.Null(edit.Gap);
    }

    [Fact]
    public void Change_SameValues_IsNoChange()
    {
        var definition = Definition(Schedule.Cron("0 0 * * *")) with { Name = "n", Payload = JobPayload.FromJson("[1]"), Anchor = March.At("01T00:00"), SpreadKey = "s" };
        var job = Made(definition, "04T12:00");
        var same = new JobChange
        {
            Name = definition.Name,
            Description = definition.Description,
            Executor = definition.Executor,
            Schedule = Schedule.Cron("0 0 * * *"),
            Payload = JobPayload.FromJson("[1]"),
            Active = true,
            Misfire = MisfirePolicy.RunOnce,
            Overlap = OverlapPolicy.Skip,
            Retry = RetryPolicy.None,
            Timeout = JobDefinition.DefaultTimeout,
            Orphans = OrphanPolicy.Rerun,
            Anchor = March.At("01T00:00"),
            SpreadKey = "s",
        };

        var edit = job.Change(same, "09T12:00");

        Assert.False(edit.IsChange);
        Assert.Same(job, edit.Job);
        Assert.False(job.Change(new JobChange(), "09T12:00").IsChange);
    }

    [Fact]
    public void Change_SameMeaningWrittenOtherwise_IsAChangeThatMovesNothing()
    {
        var job = Made(Schedule.Cron("0 0 * * *"), "04T12:00");

        var edit = job.Change(new JobChange { Schedule = Schedule.Cron("@daily") }, "04T13:00");

        Assert.Equal("v2; Active; next 05T00:00", edit.Text());
        Assert.Equal("@daily", ((CronSchedule)edit.Job.Schedule).Text);
    }

    [Fact]
    public void Change_WithAMistake_IsRefusedWithItsField()
    {
        var job = Made(Hourly, "04T12:00");

        Assert.Equal("name", FieldOf(new JobChange { Name = new string('n', 257) }));
        Assert.Equal("executor", FieldOf(new JobChange { Executor = "" }));
        Assert.Equal("schedule", FieldOf(new JobChange { Schedule = Schedule.Cron("0 0 30 2 *") }));
        Assert.Equal("schedule.timeZone", FieldOf(new JobChange { Schedule = Schedule.Cron("0 0 * * *", "Mars/Base") }));
        Assert.Equal("spreadKey", FieldOf(new JobChange { SpreadKey = " " }));

        string FieldOf(JobChange change) => Assert.Single(Assert.Throws<SchedulingValidationException>(() => job.Change(change, "04T12:30")).Errors).Field;
    }

    [Fact]
    public void Change_ActiveOffAndOn_StartsNoStorm()
    {
        // contracts.md: active:false, days, active:true: one row for what passed, and the next run on the old grid.
        var off = Made(Schedule.Interval(Duration.FromMinutes(1)), "04T12:00:30").ClaimedUpTo("04T12:05:30").Change(new JobChange { Active = false }, "04T12:06");
        Assert.Equal("v2; Paused; next never", off.Text());

        var on = off.Job.Change(new JobChange { Active = true }, "07T12:06");
        Assert.Equal("v3; Skipped(Paused) 04T12:06:30..07T12:05:30 x4320; Active; next 07T12:06:30", on.Text());
        Assert.Null(on.Job.Pause);

        Assert.False(on.Job.Change(new JobChange { Active = true }, "07T12:07").IsChange);
    }

    [Fact]
    public void Change_ActiveOffTwice_KeepsTheFirstPause()
    {
        var paused = Made(Hourly, "04T12:00").Pause("04T12:10", by: "ann", reason: "why").Job;

        Assert.False(paused.Change(new JobChange { Active = false }, "04T13:00").IsChange);
    }

    [Fact]
    public void Change_ActiveOffWithAnotherField_CountsOnce()
    {
        var edit = Made(Hourly, "04T12:00").Change(new JobChange { Active = false, Name = "n", Schedule = Schedule.Cron("0 0 * * *") }, "04T15:30");

        Assert.Equal("v2; Missed(Edited) 04T13:00..04T15:00 x3; Paused; next never", edit.Text());
        Assert.Equal("n", edit.Job.Name);
    }

    [Fact]
    public void Change_ActiveOnWithAnotherField_CountsOnceAndLeavesOneRow()
    {
        var paused = Made(Hourly, "04T12:00").Pause("04T12:10").Job;

        var edit = paused.Change(new JobChange { Active = true, Schedule = Schedule.Interval(Duration.FromMinutes(30)) }, "04T14:10");

        Assert.Equal("v3; Skipped(Paused) 04T13:00..04T14:00 x2; Active; next 04T14:30", edit.Text());
    }

    [Fact]
    public void Ensure_SameDefinition_IsNoChange()
    {
        var definition = Definition(Hourly) with { Name = "n" };
        var job = Made(definition, "04T12:00");

        Assert.Same(job, Edits.Ensure(job, definition, March.At("09T12:00")).Job);
    }

    [Fact]
    public void Ensure_OperatorsPause_Stays()
    {
        var definition = Definition(Hourly);
        var paused = Made(definition, "04T12:00").Pause("04T12:10", by: "ann").Job;

        Assert.False(Edits.Ensure(paused, definition with { Active = true }, March.At("04T15:00")).IsChange);
        var edit = Edits.Ensure(paused, definition with { Name = "n" }, March.At("04T15:30"));
        Assert.Equal("v3; Paused; next never", edit.Text());
        Assert.Equal("ann", edit.Job.Pause!.By);

        var active = Made(definition, "04T12:00");
        Assert.False(Edits.Ensure(active, definition with { Active = false }, March.At("04T12:30")).IsChange);
    }

    [Fact]
    public void Ensure_AnchorNotGiven_KeepsTheOneThatWas()
    {
        var job = Made(Definition(Hourly) with { Anchor = March.At("01T00:40") }, "04T12:00");

        Assert.False(Edits.Ensure(job, Definition(Hourly), March.At("04T12:05")).IsChange);
        Assert.Equal("v2; Active; next 04T12:10", Edits.Ensure(job, Definition(Schedule.Interval(Duration.FromMinutes(30))), March.At("04T12:05")).Text());
        Assert.Equal("v2; Active; next 04T12:45", Edits.Ensure(job, Definition(Hourly) with { Anchor = March.At("01T00:45") }, March.At("04T12:05")).Text());
    }
}
