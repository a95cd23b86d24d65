using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

/// <summary>The ends of time, questions between seconds, dates that hardly exist.</summary>
public class CronEdgeTests
{
    private static readonly DateTimeZone[] Zones =
    [
        DateTimeZone.Utc, DateTimeZone.ForOffset(Offset.FromHours(18)), DateTimeZone.ForOffset(Offset.FromHours(-18)),
        DateTimeZoneProviders.Tzdb["America/New_York"], DateTimeZoneProviders.Tzdb["Pacific/Auckland"], DateTimeZoneProviders.Tzdb["Pacific/Apia"], DateTimeZoneProviders.Tzdb["Africa/Casablanca"],
    ];

    [Theory]
    [InlineData("0 0 29 2 *", "2096-03-01 00:00+00", "2104-02-29 00:00+00")]
    [InlineData("0 0 29 2 *", "2100-02-28 12:00+00", "2104-02-29 00:00+00")]
    [InlineData("0 0 29 2 *", "1999-12-31 12:00+00", "2000-02-29 00:00+00")]
    [InlineData("0 0 29 2 MON", "2072-03-01 00:00+00", "2112-02-29 00:00+00")] // forty years, across 2100
    [InlineData("0 0 29 2 MON#5", "2072-03-01 00:00+00", "2112-02-29 00:00+00")]
    [InlineData("0 0 31 12 *", "2098-12-31 00:00+00", "2099-12-31 00:00+00")]
    [InlineData("0 0 1 1 *", "0000-06-01 00:00+00", "0001-01-01 00:00+00")]
    [InlineData("0 0 1 1 *", "0001-01-01 00:00+00", "0002-01-01 00:00+00")]
    [InlineData("59 23 31 12 *", "9998-12-31 23:59+00", "9999-12-31 23:59+00")]
    [InlineData("0 0 1 1 *", "-9998-01-01 00:00+00", "-9997-01-01 00:00+00")]
    public void Next_RareDates_AreFound(string expression, string from, string expected) => OccurrenceRow.Check("UTC", expression, from, expected);

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4,6,9,11 *")]
    [InlineData("0 0 L-30 2 *")]
    [InlineData("0 0 L-29 2 *")]
    [InlineData("0 0 31W 2 *")]
    [InlineData("0 0 1 * MON#2")]
    [InlineData("0 0 30W 2 *")]
    public void Next_DatesThatDoNotExist_IsNeverAndWarned(string expression)
    {
        var cron = CronExpression.Parse(expression);

        foreach (var zone in Zones)
        {
            Assert.Null(cron.GetNextOccurrence(Instant.FromUtc(2026, 1, 1, 0, 0), zone));
            Assert.Null(cron.GetPreviousOccurrence(Instant.FromUtc(2026, 1, 1, 0, 0), zone));
            Assert.Empty(cron.GetOccurrences(Instant.MinValue, Instant.MaxValue, zone));
            Assert.Equal(0, cron.CountOccurrences(Instant.FromUtc(2020, 1, 1, 0, 0), Instant.FromUtc(2030, 1, 1, 0, 0), zone, 10));
        }

        Assert.Contains(cron.Warnings, w => w.Kind == CronWarningKind.NeverFires);
    }

    [Theory]
    [InlineData("* * * * * *")]
    [InlineData("0 0 0 1 1 *")]
    [InlineData("59 59 23 31 12 *")]
    [InlineData("0 30 1 * * *")]
    [InlineData("0 0 0 L * 5L")]
    public void EveryQuestion_AtTheEndsOfTime_IsAnsweredWithoutOverflow(string expression)
    {
        var cron = CronExpression.Parse(expression, CronFormat.IncludeSeconds);
        Instant[] ends =
        [
            Instant.MinValue, Instant.MinValue + Duration.Epsilon, Instant.MinValue + Duration.FromSeconds(1), Instant.MinValue + Duration.FromDays(2),
            Instant.MaxValue, Instant.MaxValue - Duration.Epsilon, Instant.MaxValue - Duration.FromSeconds(1), Instant.MaxValue - Duration.FromDays(2),
            Instant.FromUtc(1, 1, 1, 0, 0), Instant.FromUtc(9999, 12, 31, 23, 59, 59),
        ];

        foreach (var (zone, at, inclusive) in from zone in Zones from at in ends from inclusive in new[] { false, true } select (zone, at, inclusive))
        {
            var next = cron.GetNextOccurrence(at, zone, inclusive);
            var previous = cron.GetPreviousOccurrence(at, zone, inclusive);

            Assert.True(next is null || (inclusive ? next >= at : next > at));
            Assert.True(previous is null || (inclusive ? previous <= at : previous < at));
            Assert.True(next is null || next.Value.InZone(zone).LocalDateTime.Year is >= -9998 and <= 9999);
            Assert.True(next is null || cron.GetPreviousOccurrence(next.Value, zone, inclusive: true) == next);
        }

        Assert.Null(cron.GetNextOccurrence(Instant.MaxValue, DateTimeZone.Utc));
        Assert.Null(cron.GetPreviousOccurrence(Instant.MinValue, DateTimeZone.Utc));
        Assert.Equal(5, cron.CountOccurrences(Instant.MinValue, Instant.MaxValue, Zones[3], 5));
    }

    [Fact]
    public void EverySecond_AtTheLastSecond_IsFoundAndNothingAfter()
    {
        var cron = CronExpression.Parse("* * * * * *", CronFormat.IncludeSeconds);
        var last = Instant.FromUtc(9999, 12, 31, 23, 59, 59);

        Assert.Equal(last, cron.GetNextOccurrence(last - Duration.FromSeconds(1), DateTimeZone.Utc));
        Assert.Equal(last, cron.GetNextOccurrence(last, DateTimeZone.Utc, inclusive: true));
        Assert.Null(cron.GetNextOccurrence(last, DateTimeZone.Utc));
        Assert.Equal(last, cron.GetPreviousOccurrence(Instant.MaxValue, DateTimeZone.Utc));
        Assert.Equal(Instant.MinValue, cron.GetNextOccurrence(Instant.MinValue, DateTimeZone.Utc, inclusive: true));
        Assert.Equal(Instant.MinValue, cron.GetPreviousOccurrence(Instant.MinValue + Duration.Epsilon, DateTimeZone.Utc));
    }

    [Theory]
    [InlineData("2026-01-01 12:00:00.0000001+00", true, "2026-01-02 12:00+00")]
    [InlineData("2026-01-01 12:00:00.000000001+00", false, "2026-01-02 12:00+00")]
    [InlineData("2026-01-01 12:00+00", true, "2026-01-01 12:00+00")]
    [InlineData("2026-01-01 12:00+00", false, "2026-01-02 12:00+00")]
    [InlineData("2026-01-01 11:59:59.999999999+00", true, "2026-01-01 12:00+00")]
    [InlineData("2026-01-01 11:59:59.999999999+00", false, "2026-01-01 12:00+00")]
    public void Next_QuestionBetweenSeconds_IsNotRounded(string from, bool inclusive, string expected) =>
        Assert.Equal(OccurrenceRow.At(expected), CronExpression.Parse("0 12 * * *").GetNextOccurrence(OccurrenceRow.At(from), DateTimeZone.Utc, inclusive));

    [Theory]
    [InlineData("2026-01-02 12:00:00.0000001+00", true, "2026-01-02 12:00+00")]
    [InlineData("2026-01-02 12:00:00.000000001+00", false, "2026-01-02 12:00+00")]
    [InlineData("2026-01-02 12:00+00", true, "2026-01-02 12:00+00")]
    [InlineData("2026-01-02 12:00+00", false, "2026-01-01 12:00+00")]
    [InlineData("2026-01-02 11:59:59.999999999+00", true, "2026-01-01 12:00+00")]
    [InlineData("2026-01-02 11:59:59.999999999+00", false, "2026-01-01 12:00+00")]
    public void Previous_QuestionBetweenSeconds_IsNotRounded(string from, bool inclusive, string expected) =>
        Assert.Equal(OccurrenceRow.At(expected), CronExpression.Parse("0 12 * * *").GetPreviousOccurrence(OccurrenceRow.At(from), DateTimeZone.Utc, inclusive));

    [Theory]
    [InlineData("*/15 * * * *", 100, 92)]
    [InlineData("0 * * * *", 25, 23)]
    [InlineData("* * * * *", 1500, 1380)]
    [InlineData("30 1 * * *", 1, 1)]
    [InlineData("30 2 * * *", 1, 1)]
    [InlineData("0,30 2 * * *", 2, 1)]
    public void Occurrences_OfTheDaysTheClockChanges_AreCounted(string expression, int autumn, int spring)
    {
        var cron = CronExpression.Parse(expression);

        Assert.Equal((autumn, spring), (CountOf("2017-11-05 00:00-04", "2017-11-06 00:00-05"), CountOf("2017-03-12 00:00-05", "2017-03-13 00:00-04")));

        int CountOf(string from, string to)
        {
            var zone = DateTimeZoneProviders.Tzdb["America/New_York"];
            var (first, end) = (OccurrenceRow.At(from), OccurrenceRow.At(to));
            var listed = cron.GetOccurrences(first, end, zone).Count();
            Assert.Equal(listed, cron.CountOccurrences(first, end - Duration.Epsilon, zone, long.MaxValue));
            return listed;
        }
    }

    [Fact]
    public void GetOccurrences_Ends_AreAsAskedFor()
    {
        var cron = CronExpression.Parse("0 * * * *");
        var (from, to) = (Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 1, 1, 3, 0));

        foreach (var (first, last, hours) in new[] { (true, true, "0 1 2 3"), (true, false, "0 1 2"), (false, true, "1 2 3"), (false, false, "1 2") })
        {
            Assert.Equal(hours, string.Join(' ', cron.GetOccurrences(from, to, DateTimeZone.Utc, first, last).Select(i => i.InUtc().Hour)));
            Assert.Equal(hours, string.Join(' ', cron.GetOccurrencesDescending(from, to, DateTimeZone.Utc, first, last).Reverse().Select(i => i.InUtc().Hour)));
        }

        Assert.Empty(cron.GetOccurrences(to, from, DateTimeZone.Utc));
        Assert.Empty(cron.GetOccurrencesDescending(to, from, DateTimeZone.Utc));
        Assert.Empty(cron.GetOccurrences(from, from, DateTimeZone.Utc));
        Assert.Single(cron.GetOccurrences(from, from, DateTimeZone.Utc, toInclusive: true));
    }

    [Fact]
    public void GetOccurrences_OfAllTime_IsLazy()
    {
        var cron = CronExpression.Parse("* * * * * *", CronFormat.IncludeSeconds);

        Assert.Equal(3, cron.GetOccurrences(Instant.MinValue, Instant.MaxValue, DateTimeZone.Utc).Take(3).Count());
        Assert.Equal(3, cron.GetOccurrencesDescending(Instant.MinValue, Instant.MaxValue, DateTimeZone.Utc).Take(3).Count());
    }
}
