using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

/// <summary>What docs/guides/cron.md shows, as it shows it.</summary>
public class CronGuideTests
{
    [Fact]
    public void Guide_FirstExample_IsTrue()
    {
        CronExpression weekdays = CronExpression.Parse("0 9 * * MON-FRI");
        DateTimeZone paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

        Instant? next = weekdays.GetNextOccurrence(Instant.FromUtc(2026, 3, 27, 12, 0), paris);

        Assert.Equal(OccurrenceRow.At("2026-03-30 09:00+02"), next);
    }

    [Fact]
    public void Guide_Error_ReadsAsPrinted()
    {
        var error = Assert.Throws<CronFormatException>(() => CronExpression.Parse("*/60 * * * *"));

        Assert.Equal(
            "Invalid cron expression, minute field, position 0: '*/60' has a step that is missing or out of range. Allowed: steps 1-59. Suggestion: 0 for once an hour",
            error.Message);
    }

    [Fact]
    public void Guide_Warnings_AreThoseNamed() =>
        Assert.Equal([CronWarningKind.NeverFires, CronWarningKind.UnevenStep], CronExpression.Parse("*/7 * 30 2 *").Warnings.Select(w => w.Kind));

    [Fact]
    public void Guide_Spread_IsTheSameEveryTime()
    {
        var options = new CronOptions { SpreadKey = "acme/github" };

        Assert.Equal(CronExpression.Parse("H H(0-5) * * *", options).ToCanonicalString(), CronExpression.Parse("H H(0-5) * * *", options).ToCanonicalString());
        Assert.Equal("H * * * *", CronExpression.Parse("H * * * *", options).Text);
    }

    [Theory]
    [InlineData("0 0 13 * FRI", CronDayRule.Both, "2026-01-02 00:00+00", "2026-02-13 00:00+00")]
    [InlineData("0 0 13 * FRI", CronDayRule.Either, "2026-01-02 00:00+00", "2026-01-09 00:00+00")]
    [InlineData("0 0 13 * FRI", CronDayRule.Either, "2026-01-10 00:00+00", "2026-01-13 00:00+00")]
    [InlineData("0 0 */2 * FRI", CronDayRule.Either, "2026-01-02 00:00+00", "2026-01-09 00:00+00")]
    [InlineData("0 0 1-31/2 * FRI", CronDayRule.Either, "2026-01-02 00:00+00", "2026-01-03 00:00+00")]
    [InlineData("0 0 L * MON#1", CronDayRule.Either, "2026-01-02 00:00+00", "2026-01-05 00:00+00")]
    [InlineData("0 0 L * MON#1", CronDayRule.Either, "2026-01-05 00:00+00", "2026-01-31 00:00+00")]
    public void Next_BothDayFields_FollowsTheRule(string text, CronDayRule rule, string from, string expected) =>
        Assert.Equal(OccurrenceRow.At(expected), CronExpression.Parse(text, CronFormat.Standard, rule).GetNextOccurrence(OccurrenceRow.At(from), DateTimeZone.Utc));
}
