using NodaTime;
using Scheduling.Cron;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

public class DescribeTests
{
    private static readonly ScheduleContext Job = new() { Anchor = At.Utc("2026-03-04T15:30:20Z"), SpreadHash = 1UL << 63 };

    [Theory]
    [InlineData("0 6 * * *", "At 06:00 every day")]
    [InlineData("@daily", "At 00:00 every day")]
    [InlineData("0 2 * * 0", "At 02:00 on Sunday")]
    [InlineData("0 2 * * 7", "At 02:00 on Sunday")]
    [InlineData("@weekly", "At 00:00 on Sunday")]
    [InlineData("@monthly", "At 00:00 on day 1 of every month")]
    [InlineData("@yearly", "At 00:00 on day 1 of January")]
    [InlineData("@hourly", "Every hour, on the hour")]
    [InlineData("* * * * *", "Every minute")]
    [InlineData("*/5 * * * *", "Every 5 minutes")]
    [InlineData("0,5,10,15,20,25,30,35,40,45,50,55 * * * *", "Every 5 minutes")]
    [InlineData("3/15 * * * *", "Every 15 minutes from minute 3")]
    [InlineData("*/7 * * * *", "At minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56 of every hour")]
    [InlineData("30 * * * *", "Every hour, at minute 30")]
    [InlineData("15,45 * * * *", "Every 30 minutes from minute 15")]
    [InlineData("0-29 * * * *", "At minutes 0 through 29 of every hour")]
    [InlineData("0 */6 * * *", "At 00:00, 06:00, 12:00 and 18:00 every day")]
    [InlineData("30 */2 * * *", "Every 2 hours from 00:30 through 22:30")]
    [InlineData("0 9-17 * * 1-5", "Every hour from 09:00 through 17:00, Monday through Friday")]
    [InlineData("15 22-5 * * *", "Every hour from 22:15 through 05:15")]
    [InlineData("*/10 12-20 * 12 3", "Every 10 minutes from 12:00 through 20:50 on Wednesday in December")]
    [InlineData("* 22-1 * * *", "Every minute from 22:00 through 01:59")]
    [InlineData("*/5 5 * * *", "Every 5 minutes from 05:00 through 05:55")]
    [InlineData("*/10 1,5,7 * * *", "Every 10 minutes during hours 1, 5 and 7")]
    [InlineData("15,40 8-18 * * 1-5", "At minutes 15 and 40 of hours 8 through 18, Monday through Friday")]
    [InlineData("0 3 1,15 * *", "At 03:00 on days 1 and 15 of every month")]
    [InlineData("0 3 1-7 6-8 *", "At 03:00 on days 1 through 7 of June through August")]
    [InlineData("30 4 1 */3 *", "At 04:30 on day 1 of January, April, July and October")]
    [InlineData("0 3 * 12 *", "At 03:00 every day in December")]
    [InlineData("*/5 * * 12 *", "Every 5 minutes every day in December")]
    [InlineData("0 3 * * 1,3,5", "At 03:00 on Monday, Wednesday and Friday")]
    [InlineData("0 3 * * FRI-MON", "At 03:00, Friday through Monday")]
    [InlineData("0 3 * * 1-5 ", "At 03:00, Monday through Friday")]
    [InlineData("0 3 * 6 1-5", "At 03:00, Monday through Friday, in June")]
    [InlineData("0 3 L * *", "At 03:00 on the last day of every month")]
    [InlineData("0 3 L-1 * *", "At 03:00 on the day before the last of every month")]
    [InlineData("0 3 L-3 2 *", "At 03:00 on the day 3 days before the last of February")]
    [InlineData("0 3 15W * *", "At 03:00 on the working day (Monday to Friday) nearest to day 15 of every month")]
    [InlineData("0 3 LW * *", "At 03:00 on the last working day (Monday to Friday) of every month")]
    [InlineData("0 3 L-2W * *", "At 03:00 on the working day (Monday to Friday) nearest to the day 2 days before the last of every month")]
    [InlineData("0 3 * * 2#2", "At 03:00 on the second Tuesday of every month")]
    [InlineData("0 3 * 1 5L", "At 03:00 on the last Friday of January")]
    [InlineData("0 3 13 * 5", "At 03:00 on day 13 of every month, only if that is Friday")]
    [InlineData("0 3 1-7 * 1,4", "At 03:00 on days 1 through 7 of every month, only if that is Monday or Thursday")]
    [InlineData("0 3 13 2 5#2", "At 03:00 on day 13 of February, only if that is the second Friday")]
    [InlineData("0,15,30 8,9 * * *", "At 08:00, 08:15, 08:30, 09:00, 09:15 and 09:30 every day")]
    [InlineData("H H * * *", "At each job's own minute of each job's own hour every day")]
    [InlineData("H 3 * * THU", "At each job's own minute of hour 3 on Thursday")]
    [InlineData("H/15 * * * 1-5", "At each job's own minutes (H/15) of every hour, Monday through Friday")]
    [InlineData("0 3 H * *", "At 03:00 on each job's own day of every month")]
    [InlineData("0 3 * H H", "At 03:00 on each job's own weekday in each job's own month")]
    public void Describe_FiveFields_ReadsAsEnglish(string text, string expected) => Assert.Equal(expected + " (UTC)", Schedule.Cron(text).Describe());

    [Theory]
    [InlineData("* * * * * *", "Every second")]
    [InlineData("*/10 * * * * *", "Every 10 seconds")]
    [InlineData("30 * * * * *", "Every minute, at second 30")]
    [InlineData("0 * * * * *", "Every minute")]
    [InlineData("0,20 * * * * *", "At seconds 0 and 20 of every minute")]
    [InlineData("0 0 6 * * *", "At 06:00 every day")]
    [InlineData("15 30 6 * * *", "At 06:30:15 every day")]
    [InlineData("*/15 0-4 8 * * *", "Every 15 seconds during minutes 0 through 4 of hour 8")]
    [InlineData("5 */10 8-9 * * *", "At second 5 of minutes 0, 10, 20, 30, 40 and 50 of hours 8 and 9 every day")]
    [InlineData("* * 8 * * *", "Every second during every minute of hour 8")]
    [InlineData("H 0 3 * * *", "At each job's own second of minute 0 of hour 3 every day")]
    public void Describe_SixFields_ReadsAsEnglish(string text, string expected) =>
        Assert.Equal(expected + " (UTC)", Schedule.Cron(text, format: CronFormat.IncludeSeconds).Describe());

    [Fact]
    public void Describe_ZoneDayRuleAndSpread_AreNamed()
    {
        Assert.Equal("At 06:00 every day (Europe/Paris)", Schedule.Cron("0 6 * * *", "Europe/Paris").Describe());
        Assert.Equal("At 03:00 on day 13 of every month, and also on Friday (UTC)", Schedule.Cron("0 3 13 * 5", dayRule: CronDayRule.Either).Describe());
        Assert.Equal(
            "At 03:00 on day 13 of June, and also on Friday in June (UTC)", Schedule.Cron("0 3 13 6 5", dayRule: CronDayRule.Either).Describe());
        Assert.Equal("At 06:00 every day (UTC); starts are spread over 90 minutes", Schedule.Cron("0 6 * * *").WithSpread(Duration.FromMinutes(90)).Describe());
        Assert.Equal("At 06:00 every day (No/Where)", Schedule.Cron("0 6 * * *", "No/Where").Describe());
    }

    [Theory]
    [InlineData(PollingInterval.OneDay, 0, null, "Every day between 00:00 and 01:00 UTC", "Every day between 00:00 and 01:00 UTC; this job starts 27 min 30 s after each slot")]
    [InlineData(PollingInterval.OneDay, 23, 6, "Every day between 23:00 and 24:00 UTC; weekday Saturday kept, not applied", null)]
    [InlineData(PollingInterval.OneDay, null, null, "Every day at the time of day of the job's anchor, UTC", "Every day at 15:30:20 UTC")]
    [InlineData(PollingInterval.OneWeek, 5, 0, "Every Sunday between 05:00 and 06:00 UTC", null)]
    [InlineData(PollingInterval.OneWeek, 5, null, "Every week on the weekday of the job's anchor between 05:00 and 06:00 UTC", null)]
    [InlineData(PollingInterval.OneWeek, null, 0, "Every Sunday at the time of day of the job's anchor, UTC", "Every Sunday at 15:30:20 UTC")]
    [InlineData(PollingInterval.OneWeek, null, null, "Every week on the weekday of the job's anchor at the time of day of the job's anchor, UTC", "Every Wednesday at 15:30:20 UTC")]
    [InlineData(PollingInterval.FourHours, 5, 0, "Every 4 hours, counted from the job's anchor; hour 05:00 and weekday Sunday kept, not applied", null)]
    [InlineData(PollingInterval.FifteenMinutes, null, null, "Every 15 minutes, counted from the job's anchor", "Every 15 minutes, counted from 2026-03-04 15:30:20 UTC")]
    [InlineData(PollingInterval.OneHour, null, null, "Every hour, counted from the job's anchor", null)]
    [InlineData(PollingInterval.Disabled, null, 3, "Only when somebody runs it (polling is disabled); weekday Wednesday kept, not applied", null)]
    public void Describe_Polling_SaysWhatAppliesAndWhatIsKept(PollingInterval interval, int? hour, int? dayOfWeek, string expected, string? forJob)
    {
        Schedule schedule = Schedule.Polling(interval, hour, dayOfWeek);

        Assert.Equal(expected, schedule.Describe());
        if (forJob is not null) Assert.Equal(forJob, schedule.Describe(Job));
    }

    [Fact]
    public void Describe_OtherKinds_ReadAsEnglish()
    {
        Assert.Equal("Only when somebody runs it", Schedule.Manual.Describe());
        Assert.Equal("Once, at 2026-03-04 15:30:20 UTC", Schedule.Once(Job.Anchor).Describe());
        Assert.Equal("Every 90 seconds, counted from the job's anchor", Schedule.Interval(Duration.FromSeconds(90)).Describe());
        Assert.Equal("Every day, counted from the job's anchor", Schedule.Interval(Duration.FromDays(1)).Describe());
        Assert.Equal(
            "Every 2 hours, counted from 2026-03-04 15:30:20 UTC; this job starts 1 h after each slot",
            Schedule.Interval(Duration.FromHours(2)).WithSpread(Duration.FromHours(2)).Describe(Job));
        Assert.Equal(Schedule.Manual.Describe(), Schedule.Manual.ToString());
    }

    [Fact]
    public void Describe_HForAJob_GivesTheTime() => Assert.Matches("^At [0-2][0-9]:[0-5][0-9] every day \\(UTC\\)$", Schedule.Cron("H H * * *").Describe(Job));
}
