using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

public class PreviewTests
{
    [Theory]
    [InlineData("30 2 * * *", "Europe/Paris", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00", 2, SlotNotes.MovedByGap, "Stands for 02:30, which the clock skips that day.")]
    [InlineData("0,20,40 2 * * *", "America/New_York", "2026-03-07T12:00:00Z", "2026-03-08T07:00:00Z", "2026-03-08T03:00:00", -4, SlotNotes.MovedByGap, "Stands for 02:00, which the clock skips that day.")]
    [InlineData("0 12 30 12 *", "Pacific/Apia", "2011-12-01T00:00:00Z", "2011-12-30T10:00:00Z", "2011-12-31T00:00:00", 14, SlotNotes.MovedByGap, "Stands for 12:00, which the clock skips on the day before.")]
    [InlineData("30 2 * * *", "Europe/Paris", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T02:30:00", 2, SlotNotes.FirstOfRepeatedHour, "The clock shows 02:30 twice that day; this is the first.")]
    [InlineData("30 * * * *", "Europe/Paris", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00", 1, SlotNotes.SecondOfRepeatedHour, "The clock shows 02:30 twice that day; this is the second.")]
    [InlineData("0 3 * * *", "Europe/Paris", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00", 2, SlotNotes.None, null)]
    [InlineData("0 6 * * *", "Europe/Paris", "2026-03-28T12:00:00Z", "2026-03-29T04:00:00Z", "2026-03-29T06:00:00", 2, SlotNotes.None, null)]
    public void Preview_ClockChange_IsNoted(string text, string zone, string from, string slot, string local, int offset, SlotNotes notes, string? note)
    {
        SlotPreview preview = Assert.Single(Schedule.Cron(text, zone).Preview(1, At.Utc(from), default));

        Assert.Equal(At.Utc(slot), preview.Slot);
        Assert.Equal(preview.Slot, preview.Start);
        Assert.Equal(At.Utc(local + "Z").InUtc().LocalDateTime, preview.LocalTime.LocalDateTime);
        Assert.Equal(Offset.FromHours(offset), preview.LocalTime.Offset);
        Assert.Equal(notes, preview.Notes);
        Assert.Equal(note, preview.Note);
        Assert.Null(preview.WindowEnd);
    }

    [Fact]
    public void Preview_PinnedHour_ShowsStartAndWindow()
    {
        Schedule schedule = Schedule.Polling(PollingInterval.OneWeek, hour: 23, dayOfWeek: 6);
        var context = new ScheduleContext { SpreadHash = 1UL << 63 };

        IReadOnlyList<SlotPreview> previews = schedule.Preview(2, At.Utc("2026-03-07T23:27:30Z"), context);

        Assert.Equal([At.Utc("2026-03-07T23:00:00Z"), At.Utc("2026-03-14T23:00:00Z")], previews.Select(p => p.Slot));
        Assert.Equal(At.Utc("2026-03-07T23:27:30Z"), previews[0].Start);
        Assert.Equal(At.Utc("2026-03-08T00:00:00Z"), previews[0].WindowEnd);
        Assert.Equal(SlotNotes.Window, previews[0].Notes);
        Assert.Equal("May start until 2026-03-08 00:00:00 UTC.", previews[0].Note);
        Assert.Equal(DateTimeZone.Utc, previews[0].LocalTime.Zone);
    }

    [Fact]
    public void Preview_ScheduleThatEnds_IsShorter()
    {
        Instant at = At.Utc("2026-03-07T23:27:30Z");

        Assert.Single(Schedule.Once(at).Preview(5, at, default));
        Assert.Empty(Schedule.Once(at).Preview(5, at + Duration.Epsilon, default));
        Assert.Empty(Schedule.Manual.Preview(5, at, default));
        Assert.Equal(5, Schedule.Interval(Duration.FromSeconds(1)).Preview(5, at, default).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    public void Preview_CountOutOfRange_IsRefused(int count) =>
        Assert.Equal("count", Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Manual.Preview(count, default, default)).ParamName);

    [Fact]
    public void Slots_Range_IsLazyInBothDirectionsAndIncludesBothEnds()
    {
        Schedule everySecond = Schedule.Interval(Duration.FromSeconds(1));
        Instant first = At.Utc("2026-03-07T00:00:00Z");

        // All of time has 10¹¹ of them.
        Assert.Equal([Instant.MinValue + Duration.FromSeconds(1), Instant.MinValue + Duration.FromSeconds(2)], everySecond.Slots(Instant.MinValue + Duration.FromSeconds(1), Instant.MaxValue, default).Take(2));
        Assert.Equal(At.Utc("9999-12-31T23:59:59Z"), everySecond.SlotsDescending(Instant.MinValue, Instant.MaxValue, default).First());
        Assert.Equal([first, first + Duration.FromSeconds(1)], everySecond.Slots(first, first + Duration.FromSeconds(1), default));
        Assert.Equal([first + Duration.FromSeconds(1), first], everySecond.SlotsDescending(first, first + Duration.FromSeconds(1), default));
        Assert.Empty(everySecond.Slots(first + Duration.FromSeconds(1), first, default));
        Assert.Empty(everySecond.SlotsDescending(first + Duration.FromSeconds(1), first, default));
    }
}
