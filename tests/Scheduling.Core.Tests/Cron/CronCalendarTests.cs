using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

/// <summary>Names, lists and the calendar's items on dates that a wall calendar of 2026 shows.</summary>
public class CronCalendarTests
{
    [Theory]
    [InlineData("0 0 31W * *", "2026-05-01 00:00+00", "2026-05-29 00:00+00", "2026-07-31 00:00+00")] // the 31st of May is a Sunday
    [InlineData("0 0 LW * *", "2026-05-01 00:00+00", "2026-05-29 00:00+00", "2026-06-30 00:00+00")]
    [InlineData("0 0 LW 1 *", "2026-01-01 00:00+00", "2026-01-30 00:00+00", "2027-01-29 00:00+00")]
    [InlineData("0 0 1W * *", "2026-07-31 00:00+00", "2026-08-03 00:00+00", "2026-09-01 00:00+00")] // the 1st of August is a Saturday
    [InlineData("0 0 1W * *", "2026-10-31 00:00+00", "2026-11-02 00:00+00", "2026-12-01 00:00+00")] // the 1st of November is a Sunday
    [InlineData("0 0 15W * *", "2026-08-01 00:00+00", "2026-08-14 00:00+00", "2026-09-15 00:00+00", "2026-10-15 00:00+00", "2026-11-16 00:00+00")]
    [InlineData("0 0 L-3 * *", "2026-02-01 00:00+00", "2026-02-25 00:00+00", "2026-03-28 00:00+00")]
    [InlineData("0 0 * * 5L", "2026-05-01 00:00+00", "2026-05-29 00:00+00", "2026-06-26 00:00+00", "2026-07-31 00:00+00")]
    [InlineData("0 0 * * sunL", "2026-05-01 00:00+00", "2026-05-31 00:00+00", "2026-06-28 00:00+00")]
    [InlineData("0 0 * * SUN#5", "2026-05-01 00:00+00", "2026-05-31 00:00+00", "2026-08-30 00:00+00")]
    [InlineData("0 0 * * MON#1", "2026-05-05 00:00+00", "2026-06-01 00:00+00", "2026-07-06 00:00+00")]
    public void Next_CalendarItems_FallOnTheDaysOfTheCalendar(string expression, string from, params string[] expected) => OccurrenceRow.Check("UTC", expression, from, expected);

    [Theory]
    [InlineData("1-10,5-15 * * * *", "2026-01-01 00:04+00", "2026-01-01 00:05+00", "2026-01-01 00:06+00")]
    [InlineData("5,5 * * * *", "2026-01-01 00:04+00", "2026-01-01 00:05+00", "2026-01-01 01:05+00")]
    [InlineData("*/10,*/20 * * * *", "2026-01-01 00:15+00", "2026-01-01 00:20+00", "2026-01-01 00:30+00")]
    [InlineData("0 0 1,1 * *", "2026-01-01 00:00+00", "2026-02-01 00:00+00")]
    [InlineData("0 0 * * 1,1", "2026-11-22 00:00+00", "2026-11-23 00:00+00", "2026-11-30 00:00+00")]
    [InlineData("0 0 1 3-5,4-6 *", "2026-03-01 00:00+00", "2026-04-01 00:00+00", "2026-05-01 00:00+00", "2026-06-01 00:00+00")]
    public void Next_ListsThatOverlap_AreTheirUnion(string expression, string from, params string[] expected) => OccurrenceRow.Check("UTC", expression, from, expected);

    [Theory]
    [InlineData("JAN", 1)]
    [InlineData("feb", 2)]
    [InlineData("Mar", 3)]
    [InlineData("APR", 4)]
    [InlineData("may", 5)]
    [InlineData("Jun", 6)]
    [InlineData("JUL", 7)]
    [InlineData("aug", 8)]
    [InlineData("Sep", 9)]
    [InlineData("OCT", 10)]
    [InlineData("nov", 11)]
    [InlineData("Dec", 12)]
    public void Next_MonthByName_IsThatMonth(string name, int month) =>
        Assert.Equal(Instant.FromUtc(2026, month, 1, 0, 0), CronExpression.Parse($"0 0 1 {name} *").GetNextOccurrence(Instant.FromUtc(2025, 12, 31, 12, 0), DateTimeZone.Utc));

    [Theory]
    [InlineData("SUN", 22)]
    [InlineData("mon", 23)]
    [InlineData("Tue", 24)]
    [InlineData("WED", 25)]
    [InlineData("thu", 26)]
    [InlineData("Fri", 27)]
    [InlineData("SAT", 28)]
    public void Next_WeekdayByName_IsThatWeekday(string name, int dayOfNovember) =>
        Assert.Equal(Instant.FromUtc(2026, 11, dayOfNovember, 0, 0), CronExpression.Parse($"0 0 * * {name}").GetNextOccurrence(Instant.FromUtc(2026, 11, 21, 12, 0), DateTimeZone.Utc));

    [Fact]
    public void Operators_WithNull_CompareAsReferencesDo()
    {
        CronExpression? nothing = null;
        var daily = CronExpression.Parse("0 0 * * *");

        Assert.True(nothing == null);
        Assert.False(nothing == daily);
        Assert.False(daily == nothing);
        Assert.True(nothing != daily);
        Assert.True(daily == CronExpression.Parse("00 00 ? * 0-7"));
    }

    [Fact]
    public void Calls_WithoutZoneOrOptions_NameTheParameter()
    {
        var cron = CronExpression.Parse("0 0 * * *");
        var (from, to) = (Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 2, 1, 0, 0));

        Assert.Throws<ArgumentNullException>("zone", () => cron.GetNextOccurrence(from, null!));
        Assert.Throws<ArgumentNullException>("zone", () => cron.GetPreviousOccurrence(from, null!));
        Assert.Throws<ArgumentNullException>("zone", () => cron.GetOccurrences(from, to, null!));
        Assert.Throws<ArgumentNullException>("zone", () => cron.GetOccurrencesDescending(from, to, null!));
        Assert.Throws<ArgumentNullException>("zone", () => cron.CountOccurrences(from, to, null!, 1));
        Assert.Throws<ArgumentNullException>("options", () => CronExpression.TryParse("0 0 * * *", null!, out _));
    }

    [Fact]
    public void Questions_BeforeHHasItsValue_AreRefused()
    {
        var unbound = CronExpression.ParseUnbound("H 0 * * *");
        var (from, to) = (Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2026, 2, 1, 0, 0));

        Assert.Throws<InvalidOperationException>(() => unbound.GetOccurrences(from, to, DateTimeZone.Utc));
        Assert.Throws<InvalidOperationException>(() => unbound.GetOccurrencesDescending(from, to, DateTimeZone.Utc));
        Assert.Throws<InvalidOperationException>(() => unbound.CountOccurrences(from, to, DateTimeZone.Utc, 1));
        Assert.Throws<InvalidOperationException>(unbound.ToCanonicalString);
    }
}
