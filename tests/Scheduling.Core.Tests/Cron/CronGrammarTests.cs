using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

/// <summary>What is read, as equal meanings: left and right are two ways of writing the same.</summary>
public class CronGrammarTests
{
    [Theory]
    [InlineData("*/15 * * * *", "0-59/15 * * * *")]
    [InlineData("5/15 * * * *", "5-59/15 * * * *")]
    [InlineData("0 22-2 * * *", "0 22-23,0-2 * * *")]
    [InlineData("50-10/5 * * * *", "50-59/5,0-10/5 * * * *")]
    [InlineData("58-3/2 * * * *", "58-58,0-2/2 * * * *")]
    [InlineData("0 0 28-2 * *", "0 0 28-31,1-2 * *")]
    [InlineData("0 0 * NOV-FEB *", "0 0 * 1,2,11,12 *")]
    [InlineData("0 0 * * FRI-MON", "0 0 * * 0,1,5,6")]
    [InlineData("0 0 * * 7", "0 0 * * 0")]
    [InlineData("0 0 * * 5-7", "0 0 * * FRI,SAT,SUN")]
    [InlineData("0 0 * * 7-3", "0 0 * * 0-3")]
    [InlineData("0 0 * * 6-7", "0 0 * * SAT,SUN")]
    [InlineData("0 0 * * 7-7", "0 0 * * SUN")]
    [InlineData("0 0 * * */2", "0 0 * * 0,2,4,6")]
    [InlineData("0 0 * * 5/2", "0 0 * * FRI,SUN")]
    [InlineData("0 0 * * 1/3", "0 0 * * MON,THU,SUN")]
    [InlineData("0 0 ? * ?", "0 0 * * *")]
    [InlineData("? ? ? ? ?", "* * * * *")]
    [InlineData("0 0 1 jan MON", "0 0 01 01 mOn")]
    [InlineData(" \t0\t0  *\t* * \t", "0 0 * * *")]
    [InlineData("0 0 * * 1L", "0 0 * * monl")]
    [InlineData("0 0 * * FRI#3", "0 0 * * 5#3")]
    [InlineData("0 0 lw * *", "0 0 LW * *")]
    [InlineData("0 0 L-3w * *", "0 0 L-03W * *")]
    [InlineData("0 0 L-0 * *", "0 0 L * *")]
    [InlineData("*/20,5 * * * *", "0-40/20,5 * * * *")]
    [InlineData("@yearly", "0 0 1 1 *")]
    [InlineData("@annually", "0 0 1 1 *")]
    [InlineData("@monthly", "0 0 1 * *")]
    [InlineData("@weekly", "0 0 * * 0")]
    [InlineData("@daily", "0 0 * * *")]
    [InlineData(" @MidNight\t", "0 0 * * *")]
    [InlineData("@hourly", "0 * * * *")]
    [InlineData("@every_minute", "* * * * *")]
    public void Parse_TwoWaysOfWriting_AreEqual(string left, string right)
    {
        var (a, b) = (CronExpression.Parse(left), CronExpression.Parse(right));

        Assert.Equal(a, b);
        Assert.True(a == b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.Equal(a.ToCanonicalString(), b.ToCanonicalString());
        Assert.Equal(left, a.Text);
        Assert.Equal(left, a.ToString());
    }

    [Theory]
    [InlineData("*/15 1 * * *", "0,15,30,45 1 * * *")] // the list fires once in a repeated hour
    [InlineData("5-5 3 * * *", "5 3 * * *")]
    [InlineData("0 0 * * 1", "0 0 * * 1#1")]
    [InlineData("0 0 15 * *", "0 0 15W * *")]
    [InlineData("0 0 L * *", "0 0 31 * *")]
    [InlineData("0 0 L * *", "0 0 L-1 * *")]
    [InlineData("0 0 * * 1#1", "0 0 * * 1#2")]
    public void Parse_SimilarTexts_AreNotEqual(string left, string right) => Assert.True(CronExpression.Parse(left) != CronExpression.Parse(right));

    [Theory]
    [InlineData("0 0 13 * FRI", false)]
    [InlineData("0 0 */2 * FRI", true)]
    [InlineData("0 0 13 * *", true)]
    [InlineData("0 0 ? * FRI", true)]
    public void Equals_OnlyTheDayRuleDiffers_IsDecidedByWhatItDoes(string text, bool equal)
    {
        var both = CronExpression.Parse(text);
        var either = CronExpression.Parse(text, CronFormat.Standard, CronDayRule.Either);

        Assert.Equal(equal, both.Equals(either));
        Assert.Equal(CronDayRule.Either, either.DayRule);
    }

    [Fact]
    public void Parse_SecondsOrNot_SameMeaningIsEqual()
    {
        var seconds = CronExpression.Parse("0 30 4 * * *", CronFormat.IncludeSeconds);

        Assert.Equal(CronExpression.Parse("30 4 * * *"), seconds);
        Assert.Equal(CronFormat.IncludeSeconds, seconds.Format);
        Assert.Equal("0 30 4 * * *", seconds.ToCanonicalString());
        Assert.NotEqual(CronExpression.Parse("1 30 4 * * *", CronFormat.IncludeSeconds), seconds);
    }

    [Theory]
    [InlineData(CronFormat.Standard)]
    [InlineData(CronFormat.IncludeSeconds)]
    public void Parse_EverySecond_WorksWithBothFormats(CronFormat format)
    {
        var cron = CronExpression.Parse("@every_second", format);
        var at = Instant.FromUtc(2026, 1, 1, 0, 0, 7);

        Assert.Equal(at + Duration.FromSeconds(1), cron.GetNextOccurrence(at, DateTimeZone.Utc));
        Assert.Equal(cron, CronExpression.Parse(cron.ToCanonicalString(), format));
    }

    [Theory]
    [InlineData("  5,3,4 9-17 ? * MON-FRI", "3-5 9-17 * * 1-5")]
    [InlineData("5,3,4 9 ? * MON-FRI", "3,4,5 9 * * 1-5")]
    [InlineData("0/30 0 1,15 * *", "*/30 0 1,15 * *")]
    [InlineData("7-7 0 * * *", "7 0-0 * * *")]
    [InlineData("0 0 LW * 1-7", "0 0 LW * *")]
    [InlineData("0 0 L-2 1-12/3 *", "0 0 L-2 */3 *")]
    [InlineData("0 0 * * sunl", "0 0 * * 0L")]
    public void ToCanonicalString_ManyWaysOfWriting_IsOne(string text, string canonical) => Assert.Equal(canonical, CronExpression.Parse(text).ToCanonicalString());

    [Theory]
    [InlineData("0 0 */10,5 * MON", "0 0 */10,5 * 1")]
    [InlineData("0 0 1-31/2 * MON", "0 0 1-31/2 * 1")]
    [InlineData("0 0 1-31 * MON", "0 0 * * *")]
    [InlineData("0 0 3 * */7", "0 0 3 * */7")]
    public void ToCanonicalString_EitherRule_KeepsWhatTheRuleLooksAt(string text, string canonical)
    {
        var cron = CronExpression.Parse(text, CronFormat.Standard, CronDayRule.Either);

        Assert.Equal(canonical, cron.ToCanonicalString());
        Assert.Equal(cron, CronExpression.Parse(canonical, CronFormat.Standard, CronDayRule.Either));
    }

    [Fact]
    public void TryParse_EveryOverload_AnswersWithoutThrowing()
    {
        Assert.True(CronExpression.TryParse("* * * * *", out var five));
        Assert.True(CronExpression.TryParse("* * * * * *", CronFormat.IncludeSeconds, out var six));
        Assert.True(CronExpression.TryParse("* * 1 * 1", CronFormat.Standard, CronDayRule.Either, out var either));
        Assert.True(CronExpression.TryParse("H * * * *", new CronOptions { SpreadKey = "k" }, out var spread));
        Assert.False(CronExpression.TryParse("H * * * *", out var unbound));
        Assert.False(CronExpression.TryParse(null, out _));
        Assert.NotEqual(five, six);
        Assert.Equal(CronDayRule.Either, either.DayRule);
        Assert.Equal("H * * * *", spread.Text);
        Assert.Null(unbound);
    }

    [Fact]
    public void Parse_BadArguments_AreRefusedByName()
    {
        Assert.Throws<ArgumentNullException>("text", () => CronExpression.Parse(null!));
        Assert.Throws<ArgumentNullException>("options", () => CronExpression.Parse("* * * * *", (CronOptions)null!));
        Assert.Throws<ArgumentOutOfRangeException>("format", () => CronExpression.Parse("* * * * *", (CronFormat)2));
        Assert.Throws<ArgumentOutOfRangeException>("dayRule", () => CronExpression.Parse("* * * * *", CronFormat.Standard, (CronDayRule)9));
        Assert.Throws<ArgumentNullException>("zone", () => CronExpression.Parse("* * * * *").GetNextOccurrence(default, null!));
        Assert.Throws<ArgumentNullException>("zone", () => CronExpression.Parse("* * * * *").GetPreviousOccurrence(default, null!));
        Assert.Throws<ArgumentNullException>("zone", () => CronExpression.Parse("* * * * *").GetOccurrences(default, default, null!));
        Assert.Throws<ArgumentNullException>("zone", () => CronExpression.Parse("* * * * *").GetOccurrencesDescending(default, default, null!));
    }
}
