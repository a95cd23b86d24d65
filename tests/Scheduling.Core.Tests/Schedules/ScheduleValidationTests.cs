using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

public class ScheduleValidationTests
{
    private static readonly Instant Now = At.Utc("2026-03-04T15:30:20Z");

    [Theory]
    [InlineData("Europe/Pariss", "Europe/Paris")]
    [InlineData("utc", "UTC")]
    [InlineData("Xx/Yyyyyyyy", null)]
    public void Check_UnknownZone_NamesItWithTheNearName(string zone, string? suggestion)
    {
        ValidationError error = Assert.Single(ScheduleValidation.Check(Schedule.Cron("0 6 * * *", zone), Now, default));

        Assert.Equal("schedule.timeZone", error.Field);
        Assert.Equal(zone, error.Given);
        Assert.Equal(suggestion, error.Suggestion);
        Assert.Contains($"'{zone}' is not a known time zone", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Schedule> NeverFiring() => new()
    {
        { "February 30", Schedule.Cron("0 0 30 2 *") },
        { "past the end of time", Schedule.Interval(Duration.FromDays(3_000_000)) },
    };

    [Theory]
    [MemberData(nameof(NeverFiring))]
    public void Check_NeverFires_IsRefused(string name, Schedule schedule)
    {
        Assert.NotEmpty(name);
        var context = new ScheduleContext { Anchor = schedule.AnchorFor(Now) };

        ValidationError error = Assert.Single(ScheduleValidation.Check(schedule, Now, context, "job.schedule"));

        Assert.Equal("job.schedule", error.Field);
        Assert.Contains("no run", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Schedule> Fine() => new()
    {
        { "manual", Schedule.Manual },
        { "disabled", Schedule.Polling(PollingInterval.Disabled) },
        { "once in the past", Schedule.Once(Now - Duration.FromDays(400)) },
        { "every four years", Schedule.Cron("0 0 29 2 *", "Europe/Paris") },
        { "interval", Schedule.Interval(Duration.FromMinutes((long)int.MaxValue)) },
        { "week", Schedule.Polling(PollingInterval.OneWeek, 0, 0) },
    };

    [Theory]
    [MemberData(nameof(Fine))]
    public void Check_UsableSchedule_HasNoErrors(string name, Schedule schedule)
    {
        Assert.NotEmpty(name);
        Assert.Empty(ScheduleValidation.Check(schedule, Now, new ScheduleContext { Anchor = schedule.AnchorFor(Now) }));
    }
}
