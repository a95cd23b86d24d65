using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

/// <summary>Every cell of the polling table, as rows. The anchor is a Wednesday, 2026-03-04T15:30:20Z; the question is asked on Tuesday 2026-03-03T12:00:00Z.</summary>
public class PollingScheduleTests
{
    private static readonly Instant Asked = At.Utc("2026-03-03T12:00:00Z");
    private static readonly ScheduleContext Context = new() { Anchor = At.Utc("2026-03-04T15:30:20Z") };

    [Theory]
    // ONE_DAY: none, hour, day (not applied), both (the hour applies).
    [InlineData(PollingInterval.OneDay, null, null, "2026-03-03T15:30:20Z", "2026-03-04T15:30:20Z")]
    [InlineData(PollingInterval.OneDay, 0, null, "2026-03-04T00:00:00Z", "2026-03-05T00:00:00Z")]
    [InlineData(PollingInterval.OneDay, 12, null, "2026-03-04T12:00:00Z", "2026-03-05T12:00:00Z")]
    [InlineData(PollingInterval.OneDay, 13, null, "2026-03-03T13:00:00Z", "2026-03-04T13:00:00Z")]
    [InlineData(PollingInterval.OneDay, 23, null, "2026-03-03T23:00:00Z", "2026-03-04T23:00:00Z")]
    [InlineData(PollingInterval.OneDay, null, 0, "2026-03-03T15:30:20Z", "2026-03-04T15:30:20Z")]
    [InlineData(PollingInterval.OneDay, null, 6, "2026-03-03T15:30:20Z", "2026-03-04T15:30:20Z")]
    [InlineData(PollingInterval.OneDay, 0, 0, "2026-03-04T00:00:00Z", "2026-03-05T00:00:00Z")]
    [InlineData(PollingInterval.OneDay, 13, 6, "2026-03-03T13:00:00Z", "2026-03-04T13:00:00Z")]
    // ONE_WEEK: none = the anchor's weekday and time; hour = the anchor's weekday; day = the anchor's time; both.
    [InlineData(PollingInterval.OneWeek, null, null, "2026-03-04T15:30:20Z", "2026-03-11T15:30:20Z")]
    [InlineData(PollingInterval.OneWeek, 0, null, "2026-03-04T00:00:00Z", "2026-03-11T00:00:00Z")]
    [InlineData(PollingInterval.OneWeek, 23, null, "2026-03-04T23:00:00Z", "2026-03-11T23:00:00Z")]
    [InlineData(PollingInterval.OneWeek, null, 0, "2026-03-08T15:30:20Z", "2026-03-15T15:30:20Z")]
    [InlineData(PollingInterval.OneWeek, null, 1, "2026-03-09T15:30:20Z", "2026-03-16T15:30:20Z")]
    [InlineData(PollingInterval.OneWeek, null, 2, "2026-03-03T15:30:20Z", "2026-03-10T15:30:20Z")]
    [InlineData(PollingInterval.OneWeek, null, 6, "2026-03-07T15:30:20Z", "2026-03-14T15:30:20Z")]
    [InlineData(PollingInterval.OneWeek, 0, 0, "2026-03-08T00:00:00Z", "2026-03-15T00:00:00Z")]
    [InlineData(PollingInterval.OneWeek, 12, 2, "2026-03-10T12:00:00Z", "2026-03-17T12:00:00Z")]
    [InlineData(PollingInterval.OneWeek, 13, 2, "2026-03-03T13:00:00Z", "2026-03-10T13:00:00Z")]
    [InlineData(PollingInterval.OneWeek, 23, 6, "2026-03-07T23:00:00Z", "2026-03-14T23:00:00Z")]
    // The others run from the anchor whatever is kept.
    [InlineData(PollingInterval.FifteenMinutes, null, null, "2026-03-03T12:00:20Z", "2026-03-03T12:15:20Z")]
    [InlineData(PollingInterval.FifteenMinutes, 5, null, "2026-03-03T12:00:20Z", "2026-03-03T12:15:20Z")]
    [InlineData(PollingInterval.FifteenMinutes, null, 5, "2026-03-03T12:00:20Z", "2026-03-03T12:15:20Z")]
    [InlineData(PollingInterval.FifteenMinutes, 5, 5, "2026-03-03T12:00:20Z", "2026-03-03T12:15:20Z")]
    [InlineData(PollingInterval.ThirtyMinutes, null, null, "2026-03-03T12:00:20Z", "2026-03-03T12:30:20Z")]
    [InlineData(PollingInterval.ThirtyMinutes, 5, null, "2026-03-03T12:00:20Z", "2026-03-03T12:30:20Z")]
    [InlineData(PollingInterval.ThirtyMinutes, null, 5, "2026-03-03T12:00:20Z", "2026-03-03T12:30:20Z")]
    [InlineData(PollingInterval.ThirtyMinutes, 5, 5, "2026-03-03T12:00:20Z", "2026-03-03T12:30:20Z")]
    [InlineData(PollingInterval.OneHour, null, null, "2026-03-03T12:30:20Z", "2026-03-03T13:30:20Z")]
    [InlineData(PollingInterval.OneHour, 0, null, "2026-03-03T12:30:20Z", "2026-03-03T13:30:20Z")]
    [InlineData(PollingInterval.OneHour, null, 0, "2026-03-03T12:30:20Z", "2026-03-03T13:30:20Z")]
    [InlineData(PollingInterval.OneHour, 0, 0, "2026-03-03T12:30:20Z", "2026-03-03T13:30:20Z")]
    [InlineData(PollingInterval.FourHours, null, null, "2026-03-03T15:30:20Z", "2026-03-03T19:30:20Z")]
    [InlineData(PollingInterval.FourHours, 0, null, "2026-03-03T15:30:20Z", "2026-03-03T19:30:20Z")]
    [InlineData(PollingInterval.FourHours, null, 0, "2026-03-03T15:30:20Z", "2026-03-03T19:30:20Z")]
    [InlineData(PollingInterval.FourHours, 0, 0, "2026-03-03T15:30:20Z", "2026-03-03T19:30:20Z")]
    [InlineData(PollingInterval.EightHours, null, null, "2026-03-03T15:30:20Z", "2026-03-03T23:30:20Z")]
    [InlineData(PollingInterval.EightHours, 0, null, "2026-03-03T15:30:20Z", "2026-03-03T23:30:20Z")]
    [InlineData(PollingInterval.EightHours, null, 0, "2026-03-03T15:30:20Z", "2026-03-03T23:30:20Z")]
    [InlineData(PollingInterval.EightHours, 0, 0, "2026-03-03T15:30:20Z", "2026-03-03T23:30:20Z")]
    [InlineData(PollingInterval.TwelveHours, null, null, "2026-03-03T15:30:20Z", "2026-03-04T03:30:20Z")]
    [InlineData(PollingInterval.TwelveHours, 0, null, "2026-03-03T15:30:20Z", "2026-03-04T03:30:20Z")]
    [InlineData(PollingInterval.TwelveHours, null, 0, "2026-03-03T15:30:20Z", "2026-03-04T03:30:20Z")]
    [InlineData(PollingInterval.TwelveHours, 0, 0, "2026-03-03T15:30:20Z", "2026-03-04T03:30:20Z")]
    [InlineData(PollingInterval.Disabled, null, null, null, null)]
    [InlineData(PollingInterval.Disabled, 0, null, null, null)]
    [InlineData(PollingInterval.Disabled, null, 0, null, null)]
    [InlineData(PollingInterval.Disabled, 0, 0, null, null)]
    public void NextAfter_EveryCellOfTheTable_GivesTheSlots(PollingInterval interval, int? hour, int? dayOfWeek, string? first, string? second)
    {
        Schedule schedule = Schedule.Polling(interval, hour, dayOfWeek);

        Instant? next = schedule.NextAfter(Asked, Context);

        Assert.Equal(At.UtcOrNull(first), next);
        Assert.Equal(At.UtcOrNull(second), next is null ? null : schedule.NextAfter(next.Value, Context));
    }

    [Fact]
    public void WindowEnd_Hour23OnSaturday_EndsOnSunday()
    {
        Schedule schedule = Schedule.Polling(PollingInterval.OneWeek, hour: 23, dayOfWeek: 6);
        Instant slot = schedule.NextAfter(Asked, Context)!.Value;

        Assert.Equal(At.Utc("2026-03-07T23:00:00Z"), slot);
        Assert.Equal(IsoDayOfWeek.Saturday, slot.InUtc().DayOfWeek);
        Assert.Equal(At.Utc("2026-03-08T00:00:00Z"), schedule.WindowEnd(slot));
        Assert.Equal(IsoDayOfWeek.Sunday, schedule.WindowEnd(slot)!.Value.InUtc().DayOfWeek);
    }

    [Theory]
    [InlineData(PollingInterval.OneDay, 5, null, "2026-03-07T05:00:00Z", "2026-03-07T06:00:00Z")]
    [InlineData(PollingInterval.OneDay, 5, 2, "2026-03-07T05:00:00Z", "2026-03-07T06:00:00Z")]
    [InlineData(PollingInterval.OneWeek, 5, null, "2026-03-04T05:00:00Z", "2026-03-04T06:00:00Z")]
    [InlineData(PollingInterval.OneWeek, null, 2, "2026-03-03T15:30:20Z", "2026-03-04T00:00:00Z")]
    [InlineData(PollingInterval.OneWeek, null, null, "2026-03-04T15:30:20Z", null)]
    [InlineData(PollingInterval.OneDay, null, 2, "2026-03-04T15:30:20Z", null)]
    [InlineData(PollingInterval.FourHours, 5, 2, "2026-03-03T15:30:20Z", null)]
    public void WindowEnd_OnlyWhatIsPinned_HasAWindow(PollingInterval interval, int? hour, int? dayOfWeek, string slot, string? expected) =>
        Assert.Equal(At.UtcOrNull(expected), Schedule.Polling(interval, hour, dayOfWeek).WindowEnd(At.Utc(slot)));

    [Theory]
    [InlineData(24, null, "hour", "from 0 to 23")]
    [InlineData(-1, null, "hour", "from 0 to 23")]
    [InlineData(int.MaxValue, null, "hour", "from 0 to 23")]
    [InlineData(null, 7, "dayOfWeek", "from 0 (Sunday) to 6 (Saturday)")]
    [InlineData(null, -1, "dayOfWeek", "from 0 (Sunday) to 6 (Saturday)")]
    [InlineData(0, int.MinValue, "dayOfWeek", "from 0 (Sunday) to 6 (Saturday)")]
    public void Polling_PinOutOfRange_IsRefusedWithNameAndRange(int? hour, int? dayOfWeek, string name, string allowed)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Polling(PollingInterval.OneDay, hour, dayOfWeek));

        Assert.Equal(name, refused.ParamName);
        Assert.Equal(hour is null or 0 ? dayOfWeek : hour, refused.ActualValue);
        Assert.Contains(allowed, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Polling_UnknownInterval_IsRefusedWithTheNames()
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Polling((PollingInterval)9));

        Assert.Equal("interval", refused.ParamName);
        Assert.Contains("FIFTEEN_MINUTES", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FourHours_WithKeptHour_FiresSixTimesADayAndOneDayAppliesTheKeptHour()
    {
        var four = (PollingSchedule)Schedule.Polling(PollingInterval.FourHours, hour: 6);
        Instant midnight = At.Utc("2026-03-10T00:00:00Z");

        Assert.Equal(6, four.CountSlots(midnight, midnight + Duration.FromDays(1) - Duration.Epsilon, Context));

        Schedule day = Schedule.Polling(PollingInterval.OneDay, four.Override);
        Assert.Equal(midnight + Duration.FromHours(6), day.NextAfter(midnight, Context));
    }

    [Fact]
    public void Override_AbsentEmptyAndZero_AllDiffer()
    {
        Schedule[] schedules =
        [
            Schedule.Polling(PollingInterval.OneWeek),
            Schedule.Polling(PollingInterval.OneWeek, new PollingOverride()),
            Schedule.Polling(PollingInterval.OneWeek, hour: 0),
            Schedule.Polling(PollingInterval.OneWeek, dayOfWeek: 0),
            Schedule.Polling(PollingInterval.OneWeek, hour: 0, dayOfWeek: 0),
        ];

        Assert.Equal(schedules.Length, schedules.Distinct().Count());
        Assert.Null(((PollingSchedule)schedules[0]).Override);
        Assert.Equal(default(PollingOverride), ((PollingSchedule)schedules[1]).Override);
    }

    [Fact]
    public void Override_Empty_BehavesLikeNone()
    {
        Schedule none = Schedule.Polling(PollingInterval.OneWeek);
        Schedule empty = Schedule.Polling(PollingInterval.OneWeek, new PollingOverride());

        Assert.Equal(none.NextAfter(Asked, Context), empty.NextAfter(Asked, Context));
        Assert.Null(empty.WindowEnd(Asked));
    }

    [Theory]
    [InlineData(PollingInterval.OneDay, null, null, true)]
    [InlineData(PollingInterval.OneDay, null, 3, true)]
    [InlineData(PollingInterval.OneDay, 0, null, false)]
    [InlineData(PollingInterval.OneWeek, null, null, true)]
    [InlineData(PollingInterval.OneWeek, null, 3, true)]
    [InlineData(PollingInterval.OneWeek, 0, null, false)]
    [InlineData(PollingInterval.OneWeek, 0, 3, false)]
    [InlineData(PollingInterval.FourHours, 0, 3, true)]
    [InlineData(PollingInterval.Disabled, null, null, false)]
    public void InitialLastSlot_TimeOfDayFromTheAnchor_IsTheSecondOfCreation(PollingInterval interval, int? hour, int? dayOfWeek, bool expected)
    {
        Instant? last = Schedule.Polling(interval, hour, dayOfWeek).InitialLastSlot(At.Utc("2026-03-04T15:30:20.75Z"));

        Assert.Equal(expected ? At.Utc("2026-03-04T15:30:20Z") : null, last);
    }

    [Theory]
    [InlineData(PollingInterval.FifteenMinutes, "2026-03-04T15:45:20Z")]
    [InlineData(PollingInterval.OneDay, "2026-03-05T15:30:20Z")]
    [InlineData(PollingInterval.OneWeek, "2026-03-11T15:30:20Z")]
    [InlineData(PollingInterval.Disabled, "2026-03-04T15:30:20Z")]
    public void AnchorFor_NoAnchorGiven_IsOneIntervalAfterTheSecondOfCreation(PollingInterval interval, string expected) =>
        Assert.Equal(At.Utc(expected), Schedule.Polling(interval).AnchorFor(At.Utc("2026-03-04T15:30:20.999999999Z")));

    [Fact]
    public void AnchorFor_AtTheEndOfTime_StaysOnTheGrid()
    {
        Schedule weekly = Schedule.Polling(PollingInterval.OneWeek);
        Instant anchor = weekly.AnchorFor(Instant.MaxValue);

        Assert.Equal(At.Utc("9999-12-31T23:59:59Z"), anchor);
        Assert.Null(weekly.NextAfter(anchor, new ScheduleContext { Anchor = anchor }));
        Assert.Equal(anchor - Duration.FromDays(7), weekly.LatestAtOrBefore(anchor - Duration.Epsilon, new ScheduleContext { Anchor = anchor }));
    }
}
