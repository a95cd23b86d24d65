using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Core.Tests.Planning;

/// <summary>Windows, overlap, limits that hold work back, and pauses with an end, as rows.</summary>
public class DuePlannerRuleTests
{
    // The hash 2⁶³ puts the start of a pinned hour at 27:30 past.
    private static readonly ScheduleContext Half = new() { Anchor = March.At("01T09:15"), SpreadHash = 1UL << 63 };
    private static readonly Schedule Hourly = Schedule.Interval(Duration.FromHours(1));
    private static readonly Schedule DailyAtThree = Schedule.Polling(PollingInterval.OneDay, hour: 3);

    public static TheoryData<string, string, string> PinnedHour => new()
    {
        { "before the start", "04T03:27:29.999", "next 04T03:00 at 04T03:27:30" },
        { "at the start", "04T03:27:30", "Run 04T03:00; next 05T03:00 at 05T03:27:30" },
        { "late, window open", "04T03:59:59.999999999", "Run 04T03:00; next 05T03:00 at 05T03:27:30" },
        { "window closed", "04T04:00", "Missed(WindowClosed) 04T03:00; next 05T03:00 at 05T03:27:30" },
        { "next day, before the start", "05T03:10", "Missed(WindowClosed) 04T03:00; next 05T03:00 at 05T03:27:30" },
        { "next day, window open", "05T03:40", "Missed(WindowClosed) 04T03:00; Run 05T03:00; next 06T03:00 at 06T03:27:30" },
        { "three days later, all closed", "07T05:00", "Missed(WindowClosed) 04T03:00..07T03:00 x4; next 08T03:00 at 08T03:27:30" },
        { "three days later, one open", "07T03:30", "Missed(WindowClosed) 04T03:00..06T03:00 x3; Run 07T03:00; next 08T03:00 at 08T03:27:30" },
    };

    public static TheoryData<string, string, string, bool, string> Overlap => new()
    {
        { "skip", "Skip", "04T12:00", false, "Skipped(Overlap) 04T12:00; next 04T13:00" },
        { "skip, several due", "Skip", "04T14:20", false, "Skipped(Overlap) 04T12:00..04T14:00 x3; next 04T15:00" },
        { "queue", "QueueOne", "04T12:00", false, "Queue 04T12:00; next 04T13:00" },
        { "queue, several due", "QueueOne", "04T14:20", false, "Queue 04T12:00..04T14:00 x3; next 04T15:00" },
        { "one is queued already", "QueueOne", "04T12:00", true, "Skipped(Overlap) 04T12:00; next 04T13:00" },
        { "allow", "Allow", "04T12:00", false, "Run 04T12:00; next 04T13:00" },
        { "allow, several due", "Allow", "04T14:20", true, "Run 04T12:00..04T14:00 x3; next 04T15:00" },
        { "not due yet", "Skip", "04T11:59", true, "next 04T12:00" },
    };

    public static TheoryData<string, string, string?, string> Held => new()
    {
        { "held since before the slot", "04T12:30", "04T11:00", "Run 04T12:00; next 04T13:00" },
        { "held from the start on", "04T12:30", "04T12:00", "Run 04T12:00; next 04T13:00" },
        { "held a little late", "04T12:30", "04T12:01", "Run 04T12:00; next 04T13:00" },
        { "held when already too late", "04T12:30", "04T12:02", "Skipped(Misfire) 04T12:00; next 04T13:00" },
        { "held later than now is no hold", "04T12:30", "04T12:40", "Skipped(Misfire) 04T12:00; next 04T13:00" },
        { "never held", "04T12:30", null, "Skipped(Misfire) 04T12:00; next 04T13:00" },
        { "held over several slots", "04T14:30", "04T12:00", "Run 04T12:00; next 04T13:00" },
    };

    public static TheoryData<string, string, string> PauseEnds => new()
    {
        { "still paused", "04T15:29:59", "next never" },
        { "over, nothing due", "04T15:30", "EndsPause; Skipped(Paused) 04T13:00..04T15:00 x3; next 04T16:00" },
        { "over, a slot due in time", "04T16:00:10", "EndsPause; Skipped(Paused) 04T13:00..04T15:00 x3; Run 04T16:00; next 04T17:00" },
        { "over for long", "04T20:30", "EndsPause; Skipped(Paused) 04T13:00..04T15:00 x3; Run 04T16:00..04T20:00 x5; next 04T21:00" },
    };

    [Theory]
    [MemberData(nameof(PinnedHour))]
    public void Plan_PinnedHour_TheWindowWins(string name, string now, string expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, (PlanCase.Due(DailyAtThree, "04T03:00") with { Context = Half }).At(now));
    }

    [Theory]
    [InlineData("RunAll")]
    [InlineData("Skip")]
    [InlineData("Overlap")]
    [InlineData("Held")]
    [InlineData("Age")]
    public void Plan_WindowClosed_WinsOverEveryOtherRule(string rule)
    {
        var work = PlanCase.Due(DailyAtThree, "04T03:00") with { Context = Half };
        work = rule switch
        {
            "RunAll" => work with { Misfire = MisfirePolicy.RunAll() },
            "Skip" => work with { Misfire = MisfirePolicy.Skip },
            "Overlap" => work with { Open = 1, Overlap = OverlapPolicy.QueueOne },
            "Held" => work with { HeldSince = March.At("04T03:00") },
            _ => work with { Misfire = MisfirePolicy.RunOnce.WithMaximumAge(Duration.FromMinutes(1)) },
        };

        Assert.Equal("Missed(WindowClosed) 04T03:00..06T03:00 x3; next 07T03:00 at 07T03:27:30", work.At("06T09:00"));
    }

    [Fact]
    public void Plan_SaturdayHour23_WindowEndsOnSunday()
    {
        var weekly = PlanCase.Due(Schedule.Polling(PollingInterval.OneWeek, hour: 23, dayOfWeek: 6), "07T23:00") with { Context = Half };

        Assert.Equal("Run 07T23:00; next 14T23:00 at 14T23:27:30", weekly.At("07T23:59:59.999"));
        Assert.Equal("Missed(WindowClosed) 07T23:00; next 14T23:00 at 14T23:27:30", weekly.At("08T00:00"));
    }

    [Fact]
    public void Plan_WeekdayAlone_WindowIsTheRestOfThatDay()
    {
        var weekly = PlanCase.Due(Schedule.Polling(PollingInterval.OneWeek, dayOfWeek: 3), "04T09:15") with { Context = Half };

        Assert.Equal("Run 04T09:15; next 11T09:15", weekly.At("04T23:59:59"));
        Assert.Equal("Missed(WindowClosed) 04T09:15; next 11T09:15", weekly.At("05T00:00"));
    }

    [Fact]
    public void Plan_UnpinnedWeek_HasNoWindowAndOneCatchUpRun()
    {
        var weekly = PlanCase.Due(Schedule.Polling(PollingInterval.OneWeek), "01T09:15") with { Context = Half };

        Assert.Equal("Run 01T09:15; next 08T09:15", weekly.At("08T09:00"));
        Assert.Equal("Run 01T09:15..22T09:15 x4; next 29T09:15", weekly.At("28T12:00"));
    }

    [Theory]
    [MemberData(nameof(Overlap))]
    public void Plan_ExecutionOpen_OverlapPolicyDecides(string name, string policy, string now, bool queued, string expected)
    {
        Assert.NotEmpty(name);
        var work = PlanCase.Due(Hourly, "04T12:00") with { Overlap = Enum.Parse<OverlapPolicy>(policy), Open = queued ? 2 : 1, HasQueued = queued };

        Assert.Equal(expected, work.At(now));
    }

    [Theory]
    [MemberData(nameof(Held))]
    public void Plan_HeldBackByALimit_ThatTimeIsNoLateness(string name, string now, string? heldSince, string expected)
    {
        Assert.NotEmpty(name);
        var work = PlanCase.Due(Hourly, "04T12:00") with { Misfire = MisfirePolicy.Skip, HeldSince = March.AtOrNull(heldSince) };

        Assert.Equal(expected, work.At(now));
    }

    [Theory]
    [MemberData(nameof(PauseEnds))]
    public void Plan_PauseWithEnd_GoesOnFromTheEndWithOneRow(string name, string now, string expected)
    {
        Assert.NotEmpty(name);
        var work = new PlanCase
        {
            Schedule = Hourly,
            LastSlot = March.At("04T12:00"),
            Pause = new Pause { Since = March.At("04T12:30"), Until = March.At("04T15:30") },
        };

        Assert.Equal(expected, work.At(now));
    }

    [Fact]
    public void Plan_PauseThatEndsBetweenSlots_NoRow()
    {
        var work = new PlanCase { Schedule = Hourly, LastSlot = March.At("04T12:00"), Pause = new Pause { Since = March.At("04T12:10"), Until = March.At("04T12:20") } };

        Assert.Equal("EndsPause; next 04T13:00", work.At("04T12:25"));
    }

    [Fact]
    public void Plan_PauseOfAJobWithoutAnySlotLeft_EndsToo()
    {
        var work = new PlanCase { Schedule = Schedule.Manual, Pause = new Pause { Since = March.At("04T12:10"), Until = March.At("04T12:20") } };

        Assert.Equal("EndsPause; next never", work.At("04T12:25"));
    }

    [Fact]
    public void Plan_PauseThatEndsOnASlot_ThatSlotRuns()
    {
        var work = new PlanCase { Schedule = Hourly, LastSlot = March.At("04T12:00"), Pause = new Pause { Since = March.At("04T12:30"), Until = March.At("04T14:00") } };

        Assert.Equal("EndsPause; Skipped(Paused) 04T13:00; Run 04T14:00; next 04T15:00", work.At("04T14:00"));
    }
}
