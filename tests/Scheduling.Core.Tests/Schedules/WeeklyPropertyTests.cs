using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

/// <summary>For ten years, every stretch of seven days holds exactly one slot of a weekly job, whatever is pinned and wherever the anchor lies.</summary>
public class WeeklyPropertyTests
{
    private static readonly Instant From = At.Utc("2026-01-01T00:00:00Z");
    private static readonly Instant To = At.Utc("2036-01-01T00:00:00Z");
    private static readonly Duration Week = Duration.FromDays(7);

    public static TheoryData<string> Anchors() =>
        [
            "2026-01-01T00:00:00Z", "2026-01-02T23:59:59Z", "2026-01-03T12:00:01Z", "2026-01-04T00:00:00Z", "2026-01-05T06:30:00Z", "2026-01-06T18:45:59Z",
            "2026-01-07T01:00:00Z", "2028-02-29T23:00:00Z", "2000-02-29T00:00:00Z", "1969-12-31T23:59:59Z", "1900-03-01T11:11:11Z", "2035-12-31T22:59:59.5Z",
            "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z",
        ];

    [Theory]
    [MemberData(nameof(Anchors))]
    public void OneWeek_TenYears_EverySevenDaysHaveExactlyOneSlot(string anchor)
    {
        var context = new ScheduleContext { Anchor = At.Utc(anchor) };
        for (int hour = -1; hour <= 23; hour++)
        {
            for (int day = -1; day <= 6; day++)
            {
                Schedule schedule = Schedule.Polling(PollingInterval.OneWeek, hour < 0 ? null : hour, day < 0 ? null : day);
                CheckTenYears(schedule, context, hour, day);
            }
        }
    }

    private static void CheckTenYears(Schedule schedule, in ScheduleContext context, int hour, int day)
    {
        // First within a week, then always a week apart: so is every stretch of seven days, wherever it begins.
        Instant previous = schedule.NextAfter(From - Duration.Epsilon, context)!.Value;
        Assert.InRange(previous, From, From + Week - Duration.Epsilon);
        long slots = 1;
        while (schedule.NextAfter(previous, context) is { } slot && slot < To)
        {
            if (slot - previous != Week) Assert.Fail($"hour {hour}, day {day}: {previous} is followed by {slot}");
            if (hour >= 0 && slot.InUtc().TimeOfDay != new LocalTime(hour, 0)) Assert.Fail($"hour {hour}: {slot}");
            if (day >= 0 && (int)slot.InUtc().DayOfWeek % 7 != day) Assert.Fail($"day {day}: {slot}");
            previous = slot;
            slots++;
        }

        Assert.Equal(slots, schedule.CountSlots(From, To - Duration.Epsilon, context));
        for (Instant stretch = From; stretch < To; stretch += Duration.FromDays(173) + Duration.FromNanoseconds(12_345_678_901))
            Assert.Equal(1, schedule.CountSlots(stretch, stretch + Week - Duration.Epsilon, context));
    }
}
