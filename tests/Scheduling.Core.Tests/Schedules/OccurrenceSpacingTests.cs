using NodaTime;
using NodaTime.Text;
using Scheduling.Cron;
using Scheduling.Schedules;

namespace Scheduling.Core.Tests.Schedules;

/// <summary>How close the slots of a schedule really are: expectations come from the zones' rules, not from the engine.</summary>
public class OccurrenceSpacingTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 10, 12, 0);

    // New York: 2026-03-08 02:00 EST becomes 03:00 EDT at 07:00Z; 2026-11-01 02:00 EDT becomes 01:00 EST at 06:00Z. Lord Howe moves by 30 minutes.
    [Theory]
    [InlineData("* * * * *", "UTC", 60, null)]
    [InlineData("* * * * *", "UTC", 61, "2026-01-10T12:01:00Z 2026-01-10T12:02:00Z")]
    [InlineData("0,59 * * * *", "UTC", 60, null)]
    [InlineData("0,59 * * * *", "UTC", 300, "2026-01-10T12:59:00Z 2026-01-10T13:00:00Z")]
    [InlineData("0 9-17 * * *", "UTC", 3600, null)]
    [InlineData("50 23 1-31/2 * *", "UTC", 172800, "2026-01-31T23:50:00Z 2026-02-01T23:50:00Z")]
    [InlineData("0 0 1,31 * *", "UTC", 86401, "2026-01-31T00:00:00Z 2026-02-01T00:00:00Z")]
    [InlineData("0 0 28,29 2 *", "UTC", 172800, "2028-02-28T00:00:00Z 2028-02-29T00:00:00Z")]
    [InlineData("0 * * * *", "America/New_York", 3600, null)]
    [InlineData("30 * * * *", "America/New_York", 3600, "2026-03-08T06:30:00Z 2026-03-08T07:00:00Z")]
    [InlineData("30 * * * *", "UTC", 3600, null)]
    [InlineData("1 2,3 * * *", "America/New_York", 3600, "2026-03-08T07:00:00Z 2026-03-08T07:01:00Z")]
    [InlineData("0 6 * * *", "America/New_York", 86400, "2026-03-07T11:00:00Z 2026-03-08T10:00:00Z")]
    [InlineData("0 6 * * *", "America/New_York", 82800, null)]
    [InlineData("0 6 * * *", "UTC", 86400, null)]
    [InlineData("1-59/2 * * * *", "America/New_York", 120, "2026-03-08T06:59:00Z 2026-03-08T07:00:00Z")]
    [InlineData("1-59/2 * * * *", "Etc/UTC", 120, null)]
    [InlineData("15 * * * *", "Australia/Lord_Howe", 3600, "2026-10-03T14:45:00Z 2026-10-03T15:30:00Z")]
    public void Below_CronInAZone_IsTheFirstPairThatIsTooClose(string text, string zone, int minimum, string? expected)
    {
        var schedule = Schedule.Cron(text, zone);

        Assert.Equal(expected, Text(OccurrenceSpacing.Below(schedule, Duration.FromSeconds(minimum), Start, default)));
    }

    [Fact]
    public void Below_ClockChangeBehindTheFirstSlots_IsLookedAt()
    {
        // 5,000 slots of every second minute are a week; the next gap is eleven months away.
        var afterSpring = Instant.FromUtc(2026, 4, 1, 0, 0);

        var found = OccurrenceSpacing.Below(Schedule.Cron("1-59/2 * * * *", "America/New_York"), Duration.FromMinutes(2), afterSpring, default);

        Assert.Equal("2027-03-14T06:59:00Z 2027-03-14T07:00:00Z", Text(found));
    }

    [Fact]
    public void Below_Seconds_AreSeen()
    {
        var schedule = Schedule.Cron("0,50 * * * * *", format: CronFormat.IncludeSeconds);

        Assert.Equal("2026-01-10T12:00:50Z 2026-01-10T12:01:00Z", Text(OccurrenceSpacing.Below(schedule, Duration.FromSeconds(11), Start, default)));
        Assert.Null(OccurrenceSpacing.Below(schedule, Duration.FromSeconds(10), Start, default));
        Assert.Null(OccurrenceSpacing.Below(Schedule.Cron("* * * * * *", format: CronFormat.IncludeSeconds), Duration.FromSeconds(1), Start, default));
    }

    [Theory]
    [InlineData(300, 300, true)]
    [InlineData(299, 300, false)]
    [InlineData(1, 2, false)]
    [InlineData(86400 * 4000L, 86400 * 3999L, true)]
    public void Below_Interval_IsItsPeriod(long every, long minimum, bool isFine)
    {
        var found = OccurrenceSpacing.Below(Schedule.Interval(Duration.FromSeconds(every)), Duration.FromSeconds(minimum), Start, default);

        Assert.Equal(isFine, found is null);
        Assert.Equal(isFine ? null : Duration.FromSeconds(every), found?.Second - found?.First);
    }

    [Fact]
    public void Below_PollingOnceAndManual_AreTheirPeriodOrNothing()
    {
        var hour = Duration.FromHours(1);

        Assert.NotNull(OccurrenceSpacing.Below(Schedule.Polling(PollingInterval.ThirtyMinutes), hour, Start, default));
        Assert.Null(OccurrenceSpacing.Below(Schedule.Polling(PollingInterval.OneHour), hour, Start, default));
        Assert.Null(OccurrenceSpacing.Below(Schedule.Polling(PollingInterval.Disabled), hour, Start, default));
        Assert.Null(OccurrenceSpacing.Below(Schedule.Once(Start), hour, Start, default));
        Assert.Null(OccurrenceSpacing.Below(Schedule.Manual, hour, Start, default));
    }

    [Fact]
    public void Below_EndOfTime_IsNoProblem()
    {
        var late = Instant.FromUtc(9999, 12, 31, 23, 50);

        Assert.Null(OccurrenceSpacing.Below(Schedule.Cron("*/5 * * * *", "America/New_York"), Duration.FromMinutes(5), late, default));
        Assert.NotNull(OccurrenceSpacing.Below(Schedule.Cron("* * * * *", "America/New_York"), Duration.FromMinutes(5), late, default));
    }

    private static string? Text((Instant First, Instant Second)? pair) =>
        pair is { } found ? $"{InstantPattern.General.Format(found.First)} {InstantPattern.General.Format(found.Second)}" : null;
}
