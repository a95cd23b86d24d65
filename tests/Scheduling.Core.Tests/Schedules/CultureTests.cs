using System.Globalization;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

/// <summary>Texts, documents and stored forms are the same whatever the thread's culture: other digits, calendars, signs and the Turkish i.</summary>
public class CultureTests
{
    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    [InlineData("fa-IR")]
    [InlineData("sv-SE")]
    public void EveryText_InAnyCulture_IsTheSame(string culture)
    {
        string expected = In(CultureInfo.InvariantCulture, AllTexts);

        Assert.Equal(expected, In(CultureInfo.GetCultureInfo(culture), AllTexts));
    }

    private static string In(CultureInfo culture, Func<string> text)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = culture;
            return text();
        }
        finally
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = before;
        }
    }

    private static string AllTexts()
    {
        var context = new ScheduleContext { Anchor = At.Utc("2026-03-04T15:30:20Z"), SpreadHash = 1UL << 62 };
        Schedule[] schedules =
        [
            Schedule.Polling(PollingInterval.OneWeek, 5, 0), Schedule.Polling(PollingInterval.FifteenMinutes, 5), Schedule.Interval(Duration.FromSeconds(1_234_567)), Schedule.Once(context.Anchor),
            Schedule.Cron("*/7 3 L-3 6 *", "Europe/Paris"), Schedule.Cron("H fri * * *".Replace("fri", "3", StringComparison.Ordinal)), Schedule.Cron("0 0 * JUL fri"),
            Schedule.Interval(Duration.FromSeconds(90)).WithSpread(Duration.FromMilliseconds(1_500)),
        ];
        string[] badDocuments =
        [
            """{"frequencyType":"INTERVAL_BASED","intervalMinutes":-5}""", """{"pollingInterval":"one_day"}""", """{"pollingInterval":"ONE_DAY","pollingIntervalCronExpression":{"hour":24}}""", "{",
            """{"frequencyType":"CRON_BASED","cronExpression":"99 * * * *"}""",
        ];
        IEnumerable<string> texts =
        [
            .. schedules.Select(s => s.Describe()), .. schedules.Select(s => s.Describe(context)), .. schedules.Select(ScheduleJson.Write),
            .. schedules.SelectMany(s => s.Preview(2, context.Anchor, context)).Select(p => p.Note ?? "-"),
            .. badDocuments.Select(d => Assert.Throws<SchedulingValidationException>(() => ScheduleDocument.Parse(d)).Message),
            Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Interval(Duration.FromHours(1)).WithSpread(Duration.FromHours(2))).Message.Split('\n')[0],
        ];
        return string.Join('\n', texts);
    }
}
