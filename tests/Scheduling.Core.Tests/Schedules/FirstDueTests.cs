using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

public class FirstDueTests
{
    private static readonly Instant Created = At.Utc("2026-03-04T15:30:20Z");

    public static TheoryData<string, Schedule> Unpinned() => new()
    {
        { "15 minutes", Schedule.Polling(PollingInterval.FifteenMinutes) },
        { "day", Schedule.Polling(PollingInterval.OneDay) },
        { "week on its own day", Schedule.Polling(PollingInterval.OneWeek, dayOfWeek: 3) },
        { "interval", Schedule.Interval(Duration.FromSeconds(1)) },
        { "spread", Schedule.Interval(Duration.FromHours(1)).WithSpread(Duration.FromHours(1)) },
    };

    [Theory]
    [MemberData(nameof(Unpinned))]
    public void FirstDue_JustMade_IsOneIntervalLater(string name, Schedule schedule)
    {
        Assert.NotEmpty(name);
        foreach (Duration fraction in new[] { Duration.Zero, Duration.FromMilliseconds(1), Duration.FromSeconds(1) - Duration.Epsilon })
        {
            Instant now = Created + fraction;
            var context = new ScheduleContext { Anchor = schedule.AnchorFor(now), SpreadHash = ulong.MaxValue };

            Assert.Equal(context.Anchor, schedule.FirstDue(now, schedule.InitialLastSlot(now), context));
        }
    }

    [Theory]
    [InlineData("2026-03-04T16:00:00Z", null, "2026-03-04T16:00:00Z")]
    [InlineData("2026-03-04T16:00:00.000000001Z", null, "2026-03-04T17:00:00Z")]
    [InlineData("2026-03-04T16:00:00Z", "2026-03-04T16:00:00Z", "2026-03-04T17:00:00Z")]
    [InlineData("2026-03-04T16:00:00Z", "2026-03-04T20:00:00Z", "2026-03-04T21:00:00Z")]
    [InlineData("2026-03-04T16:00:00Z", "2020-03-04T20:00:00Z", "2026-03-04T16:00:00Z")]
    public void FirstDue_StartNotBeforeNowAndSlotAfterLast_NoSpread(string now, string? lastSlot, string expected) =>
        Assert.Equal(At.Utc(expected), Schedule.Interval(Duration.FromHours(1)).FirstDue(At.Utc(now), At.UtcOrNull(lastSlot), default));

    [Theory]
    [InlineData("2026-03-04T16:29:59.999Z", null, "2026-03-04T16:00:00Z")]
    [InlineData("2026-03-04T16:30:00Z", null, "2026-03-04T16:00:00Z")]
    [InlineData("2026-03-04T16:30:00.000000001Z", null, "2026-03-04T17:00:00Z")]
    [InlineData("2026-03-04T16:29:59.999Z", "2026-03-04T16:00:00Z", "2026-03-04T17:00:00Z")]
    public void FirstDue_WithSpread_LooksAtTheStart(string now, string? lastSlot, string expected)
    {
        // The hash 2⁶³ puts the start at half of the spread: 30 minutes past.
        var context = new ScheduleContext { SpreadHash = 1UL << 63 };

        Assert.Equal(
            At.Utc(expected),
            Schedule.Interval(Duration.FromHours(1)).WithSpread(Duration.FromHours(1)).FirstDue(At.Utc(now), At.UtcOrNull(lastSlot), context));
    }

    [Theory]
    [InlineData(25)]
    [InlineData(50)]
    [InlineData(400)]
    public void FirstDue_FarAway_IsExact(int days)
    {
        Schedule schedule = Schedule.Interval(Duration.FromDays(days));
        var context = new ScheduleContext { Anchor = schedule.AnchorFor(Created) };

        Assert.Equal(Created + Duration.FromDays(days), schedule.FirstDue(Created + Duration.FromMilliseconds(1), schedule.InitialLastSlot(Created), context));
    }

    [Fact]
    public void FirstDue_OnceInThePast_IsDueUntilItIsTheLastSlot()
    {
        Schedule once = Schedule.Once(Created);
        Instant later = Created + Duration.FromDays(400);

        Assert.Equal(Created, once.FirstDue(later, null, default));
        Assert.Null(once.FirstDue(later, Created, default));
        Assert.Equal(Created, once.FirstDue(Created - Duration.FromDays(1), null, default));
    }

    [Theory]
    [InlineData("2026-03-04T15:30:20Z", "2026-03-04T15:30:20Z")]
    [InlineData("2026-03-04T15:30:20.000000001Z", "2026-03-04T15:30:21Z")]
    [InlineData("1969-12-31T23:59:59.5Z", "1970-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59Z")]
    public void Once_PartOfASecond_IsRoundedUp(string given, string slot) =>
        Assert.Equal(At.Utc(slot), ((OnceSchedule)Schedule.Once(At.Utc(given))).At);

    [Fact]
    public void FirstDue_ManualAndDisabled_IsNever()
    {
        Assert.Null(Schedule.Manual.FirstDue(Created, null, default));
        Assert.Null(Schedule.Polling(PollingInterval.Disabled, hour: 3).FirstDue(Created, null, default));
    }

    [Fact]
    public void FirstDue_AtTheEndsOfTime_DoesNotOverflow()
    {
        Schedule schedule = Schedule.Interval(Duration.FromDays(1)).WithSpread(Duration.FromDays(1));
        var context = new ScheduleContext { SpreadHash = ulong.MaxValue };

        Assert.NotNull(schedule.FirstDue(Instant.MinValue, null, context));
        Assert.Null(schedule.FirstDue(Instant.MaxValue, Instant.MaxValue, context));
        Assert.Equal(Instant.MaxValue, schedule.StartOf(At.Utc("9999-12-31T23:00:00Z"), context));
    }
}
