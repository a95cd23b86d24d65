using NodaTime;
using Scheduling.Planning;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Core.Tests.Planning;

/// <summary>Lateness, misfire policies and the age limit, as rows: an hourly job whose slot 04T12:00 was planned.</summary>
public class DuePlannerTests
{
    private static readonly Schedule Hourly = Schedule.Interval(Duration.FromHours(1));

    public static TheoryData<string, string, string> RunOnce => new()
    {
        { "not due yet", "04T11:59:59.999999999", "next 04T12:00" },
        { "on the second", "04T12:00", "Run 04T12:00; next 04T13:00" },
        { "late, within the threshold", "04T12:01", "Run 04T12:00; next 04T13:00" },
        { "just over the threshold", "04T12:01:00.000000001", "Run 04T12:00; next 04T13:00" },
        { "one missed before the latest", "04T13:00", "Run 04T12:00..04T13:00 x2; next 04T14:00" },
        { "many missed", "06T11:59:59", "Run 04T12:00..06T11:00 x48; next 06T12:00" },
        { "four weeks down", "31T12:00", "Run 04T12:00..31T12:00 x649; next 31T13:00" },
    };

    public static TheoryData<string, string, string> Skip => new()
    {
        { "on time", "04T12:00", "Run 04T12:00; next 04T13:00" },
        { "at the threshold", "04T12:01", "Run 04T12:00; next 04T13:00" },
        { "too late, nothing else due", "04T12:01:00.000000001", "Skipped(Misfire) 04T12:00; next 04T13:00" },
        { "several too late", "04T15:30", "Skipped(Misfire) 04T12:00..04T15:00 x4; next 04T16:00" },
        { "the latest is still in time", "04T15:00:30", "Skipped(Misfire) 04T12:00..04T14:00 x3; Run 04T15:00; next 04T16:00" },
    };

    public static TheoryData<string, string, int, string> RunAll => new()
    {
        { "on time", "04T12:00", 100, "Run 04T12:00; next 04T13:00" },
        { "one late", "04T12:30", 100, "Run 04T12:00; next 04T13:00" },
        { "three late, oldest first", "04T14:30", 100, "Run 04T12:00; Chain 04T13:00; Chain 04T14:00; next 04T15:00" },
        { "as many as the limit", "04T14:30", 3, "Run 04T12:00; Chain 04T13:00; Chain 04T14:00; next 04T15:00" },
        { "more than the limit", "04T15:30", 3, "Missed(ChainLimit) 04T12:00; Run 04T13:00; Chain 04T14:00; Chain 04T15:00; next 04T16:00" },
        { "far more than the limit", "08T12:30", 2, "Missed(ChainLimit) 04T12:00..08T10:00 x95; Run 08T11:00; Chain 08T12:00; next 08T13:00" },
        { "a chain of one", "04T15:30", 1, "Missed(ChainLimit) 04T12:00..04T14:00 x3; Run 04T15:00; next 04T16:00" },
    };

    public static TheoryData<string, string, string, string> AgeLimit => new()
    {
        { "at the limit", "RunOnce", "04T15:00", "Run 04T12:00..04T15:00 x4; next 04T16:00" },
        { "the oldest over it", "RunOnce", "04T15:00:01", "Missed(TooOld) 04T12:00; Run 04T13:00..04T15:00 x3; next 04T16:00" },
        { "most over it", "RunOnce", "05T12:30", "Missed(TooOld) 04T12:00..05T09:00 x22; Run 05T10:00..05T12:00 x3; next 05T13:00" },
        { "skip", "Skip", "05T12:30", "Missed(TooOld) 04T12:00..05T09:00 x22; Skipped(Misfire) 05T10:00..05T12:00 x3; next 05T13:00" },
        { "skip, the latest in time", "Skip", "05T12:01", "Missed(TooOld) 04T12:00..05T09:00 x22; Skipped(Misfire) 05T10:00..05T11:00 x2; Run 05T12:00; next 05T13:00" },
        { "run all", "RunAll", "04T16:30", "Missed(TooOld) 04T12:00..04T13:00 x2; Run 04T14:00; Chain 04T15:00; Chain 04T16:00; next 04T17:00" },
        { "run all, chain limit too", "RunAll2", "04T16:30", "Missed(TooOld) 04T12:00..04T13:00 x2; Missed(ChainLimit) 04T14:00; Run 04T15:00; Chain 04T16:00; next 04T17:00" },
    };

    [Theory]
    [MemberData(nameof(RunOnce))]
    public void Plan_RunOnce_OneRunForTheLatestMissedSlot(string name, string now, string expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, PlanCase.Due(Hourly, "04T12:00").At(now));
    }

    [Theory]
    [MemberData(nameof(Skip))]
    public void Plan_Skip_LateSlotsBecomeOneRow(string name, string now, string expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, (PlanCase.Due(Hourly, "04T12:00") with { Misfire = MisfirePolicy.Skip }).At(now));
    }

    [Theory]
    [MemberData(nameof(RunAll))]
    public void Plan_RunAll_ChainOldestFirstWithALimit(string name, string now, int most, string expected)
    {
        Assert.NotEmpty(name);
        Assert.Equal(expected, (PlanCase.Due(Hourly, "04T12:00") with { Misfire = MisfirePolicy.RunAll(most) }).At(now));
    }

    [Theory]
    [MemberData(nameof(AgeLimit))]
    public void Plan_AgeLimitOfThreeHours_OlderSlotsAreMissed(string name, string policy, string now, string expected)
    {
        Assert.NotEmpty(name);
        var misfire = policy switch
        {
            "Skip" => MisfirePolicy.Skip,
            "RunAll" => MisfirePolicy.RunAll(),
            "RunAll2" => MisfirePolicy.RunAll(2),
            _ => MisfirePolicy.RunOnce,
        };
        Assert.Equal(expected, (PlanCase.Due(Hourly, "04T12:00") with { Misfire = misfire.WithMaximumAge(Duration.FromHours(3)) }).At(now));
    }

    [Fact]
    public void Plan_EveryOpenSlotOlderThanTheLimit_NothingRuns() =>
        Assert.Equal(
            "Missed(TooOld) 04T12:00..04T15:00 x4; next 04T16:00",
            (PlanCase.Due(Hourly, "04T12:00") with { Misfire = MisfirePolicy.RunOnce.WithMaximumAge(Duration.FromMinutes(10)) }).At("04T15:30"));

    [Fact]
    public void Plan_ThreeDaysDownEveryMinute_OneRunWith4319Missed()
    {
        // faults.md A28
        var plan = PlanCase.Due(Schedule.Cron("* * * * *"), "04T12:00").Plan(March.At("07T11:59:59"));

        Assert.Null(plan.Gaps);
        Assert.Null(plan.Chain);
        var execution = new Execution { Status = ExecutionStatus.Running, Slots = plan.Run!.Value.Slots };
        Assert.Equal(4_319, execution.MissedCount);
        Assert.Equal(March.At("07T11:59"), execution.ScheduledFor);
        Assert.Equal(March.At("07T12:00"), plan.NextSlot);
    }

    [Fact]
    public void Plan_MoreSlotsThanCounted_CountStopsAtTheLimit()
    {
        var plan = PlanCase.Due(Schedule.Interval(Duration.FromSeconds(1)), "04T12:00").Plan(March.At("30T12:00"));

        Assert.Equal(SlotRange.CountLimit, plan.Run!.Value.Slots.Count);
        Assert.Equal(March.At("30T12:00"), plan.Run.Value.Slots.Last);
    }

    [Theory]
    [InlineData("04T12:00", null, "Run 04T12:00; next never")]
    [InlineData("20T12:00", null, "Run 04T12:00; next never")]
    [InlineData("20T12:00", "Skip", "Skipped(Misfire) 04T12:00; next never")]
    [InlineData("20T12:00", "Age", "Missed(TooOld) 04T12:00; next never")]
    public void Plan_OnceInThePast_MisfirePolicyDecidesAndItIsDone(string now, string? policy, string expected)
    {
        var misfire = policy switch
        {
            "Skip" => MisfirePolicy.Skip,
            "Age" => MisfirePolicy.RunOnce.WithMaximumAge(Duration.FromDays(1)),
            _ => MisfirePolicy.RunOnce,
        };
        var work = PlanCase.Due(Schedule.Once(March.At("04T12:00")), "04T12:00") with { Misfire = misfire };

        Assert.Equal(expected, work.At(now));
    }

    [Fact]
    public void Plan_SpreadStart_IsWhatIsDueAndLatenessCountsFromIt()
    {
        // The hash 2⁶³ puts the start in the middle of the spread: 30 minutes past.
        var work = PlanCase.Due(Hourly.WithSpread(Duration.FromHours(1)), "04T12:00") with { Context = new() { SpreadHash = 1UL << 63 }, Misfire = MisfirePolicy.Skip };

        Assert.Equal("next 04T12:00 at 04T12:30", work.At("04T12:29:59.999"));
        Assert.Equal("Run 04T12:00; next 04T13:00 at 04T13:30", work.At("04T12:31"));
        Assert.Equal("Skipped(Misfire) 04T12:00; next 04T13:00 at 04T13:30", work.At("04T12:31:00.001"));
        Assert.Equal("Skipped(Misfire) 04T12:00..04T13:00 x2; Run 04T14:00; next 04T15:00 at 04T15:30", work.At("04T14:30"));
    }

    [Fact]
    public void Plan_SlotsCloserThanTheThreshold_RunOneByOneAndAreDueAgainAtOnce() =>
        Assert.Equal("Run 04T12:00; next 04T12:00:10", PlanCase.Due(Schedule.Interval(Duration.FromSeconds(10)), "04T12:00").At("04T12:00:35"));

    [Fact]
    public void Plan_OtherThreshold_Decides()
    {
        var work = PlanCase.Due(Hourly, "04T12:00") with { Misfire = MisfirePolicy.Skip };

        Assert.Equal("Run 04T12:00; next 04T13:00", PlanText.Of(work.Plan(March.At("04T12:10"), Duration.FromMinutes(10))));
        Assert.Equal("Skipped(Misfire) 04T12:00; next 04T13:00", PlanText.Of(work.Plan(March.At("04T12:00:00.001"), Duration.Zero)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DuePlanner(misfireThreshold: -Duration.Epsilon));
        Assert.Equal(Duration.FromSeconds(60), new DuePlanner().MisfireThreshold);
    }

    [Fact]
    public void Plan_NoSlotPlanned_StaysSo() =>
        Assert.Equal("next never", new PlanCase { Schedule = Hourly }.At("04T12:00"));
}
