using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

public class CronWarningTests
{
    [Theory]
    [InlineData("0 0 * * *", "")]
    [InlineData("*/15 */6 * */3 *", "")]
    [InlineData("0 0 1 1 *", "")]
    [InlineData("9-17/3 * * * *", "")]
    [InlineData("0 0 13 * FRI", "BothDayFieldsRestricted")]
    [InlineData("0 0 L * 5", "BothDayFieldsRestricted")]
    [InlineData("0 0 1-31 * FRI", "")]
    [InlineData("0 0 30 2 *", "NeverFires")]
    [InlineData("0 0 8-14 * MON#1", "BothDayFieldsRestricted NeverFires")]
    [InlineData("0 0 29 2 *", "LessThanOnceAYear")]
    [InlineData("0 0 25 12 SUN", "BothDayFieldsRestricted LessThanOnceAYear")]
    [InlineData("0 0 * 2 MON#5", "LessThanOnceAYear")]
    [InlineData("*/7 * * * *", "UnevenStep(Minute)")]
    [InlineData("5/7 */5 * * *", "UnevenStep(Minute) UnevenStep(Hour)")]
    [InlineData("0 0 */2 * *", "UnevenStep(DayOfMonth)")]
    [InlineData("0 0 * */5 */2", "UnevenStep(Month) UnevenStep(DayOfWeek)")]
    public void Warnings_Expression_AreExactlyThese(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', CronExpression.Parse(text).Warnings.Select(w => w.Field is null ? w.Kind.ToString() : $"{w.Kind}({w.Field})")));

    [Theory]
    [InlineData("H/15 * * * *", "")]
    [InlineData("H/7 * * * *", "UnevenStep(Minute)")]
    [InlineData("H(10-20)/7 * * * *", "")]
    [InlineData("0 H/5 * * *", "UnevenStep(Hour)")]
    public void Warnings_StepOfASpread_AreThoseOfAPlainStep(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', CronExpression.Parse(text, new CronOptions { SpreadKey = "key" }).Warnings.Select(w => $"{w.Kind}({w.Field})")));

    [Fact]
    public void Warnings_EitherRule_DoNotMissTheRestriction()
    {
        var either = CronExpression.Parse("0 0 30 2 MON", CronFormat.Standard, CronDayRule.Either);

        Assert.Equal([CronWarningKind.BothDayFieldsRestricted], either.Warnings.Select(w => w.Kind));
    }

    [Fact]
    public void Warnings_Seconds_AreLookedAtToo() =>
        Assert.Equal([(CronWarningKind.UnevenStep, CronField.Second)], CronExpression.Parse("*/7 * * * * *", CronFormat.IncludeSeconds).Warnings.Select(w => (w.Kind, w.Field!.Value)));

    [Fact]
    public void Message_EveryKind_IsASentence()
    {
        foreach (var kind in Enum.GetValues<CronWarningKind>())
        {
            var message = new CronWarning(kind, CronField.Hour).Message;
            Assert.EndsWith(".", message, StringComparison.Ordinal);
            Assert.Equal(message, new CronWarning(kind, CronField.Hour).ToString());
        }

        Assert.Equal("", default(CronWarning).Message);
    }
}
