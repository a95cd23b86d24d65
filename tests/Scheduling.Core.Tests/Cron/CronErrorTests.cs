using System.Diagnostics;
using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

/// <summary>What is refused, and what the author of the text is told.</summary>
public class CronErrorTests
{
    [Theory]
    [InlineData("*/60 * * * *", CronField.Minute, 0, "*/60", "steps 1-59", "0 for once an hour")]
    [InlineData("0 */24 * * *", CronField.Hour, 2, "*/24", "steps 1-23", "0 for once a day")]
    [InlineData("*/90 * * * *", CronField.Minute, 0, "*/90", "steps 1-59", "an interval schedule: steps begin again with every hour")]
    [InlineData("0 0 * * MONDAY", CronField.DayOfWeek, 8, "MONDAY", "0-7 or SUN-SAT", "MON")]
    [InlineData("0 0 * * MON-FRIDAY", CronField.DayOfWeek, 12, "FRIDAY", "0-7 or SUN-SAT", "FRI")]
    [InlineData("0 0 * * THURS", CronField.DayOfWeek, 8, "THURS", "0-7 or SUN-SAT", "THU")]
    [InlineData("0 0 * SEPT *", CronField.Month, 6, "SEPT", "1-12 or JAN-DEC", "SEP")]
    [InlineData("0 0 * * WDE", CronField.DayOfWeek, 8, "WDE", "0-7 or SUN-SAT", null)]
    [InlineData("0 0 * JNA *", CronField.Month, 6, "JNA", "1-12 or JAN-DEC", null)]
    [InlineData("0 0 * JAM *", CronField.Month, 6, "JAM", "1-12 or JAN-DEC", "JAN")]
    [InlineData("60 * * * *", CronField.Minute, 0, "60", "0-59", "0")]
    [InlineData("0 24 * * *", CronField.Hour, 2, "24", "0-23", "0")]
    [InlineData("0 0 0 * *", CronField.DayOfMonth, 4, "0", "1-31", "1")]
    [InlineData("0 0 32 * *", CronField.DayOfMonth, 4, "32", "1-31", "L for the last day of the month")]
    [InlineData("0 0 * 13 *", CronField.Month, 6, "13", "1-12 or JAN-DEC", null)]
    [InlineData("0 0 * * 8", CronField.DayOfWeek, 8, "8", "0-7 or SUN-SAT", null)]
    [InlineData("0 0 W * *", CronField.DayOfMonth, 4, "W", "nW with a day 1-31, or LW", "1W for the first weekday of the month, LW for the last")]
    [InlineData("0 0 * * L", CronField.DayOfWeek, 8, "L", "nL with a weekday 0-7 or SUN-SAT", "6L for the last Saturday, 6 for every Saturday")]
    [InlineData("0 0 L,15 * *", CronField.DayOfMonth, 4, "L,15", "L, L-n, LW, L-nW or nW alone in the field, or a list without them", null)]
    [InlineData("0 0 15,L * *", CronField.DayOfMonth, 4, "15", "L, L-n, LW, L-nW or nW alone in the field, or a list without them", null)]
    [InlineData("0 0 L-31 * *", CronField.DayOfMonth, 4, "L-31", "L-0 to L-30", null)]
    [InlineData("0 0 * * 1#6", CronField.DayOfWeek, 8, "1#6", "n#1 to n#5", null)]
    [InlineData("0 0 * * 1#0", CronField.DayOfWeek, 8, "1#0", "n#1 to n#5", null)]
    [InlineData("0 0 * * 1#1,2#1", CronField.DayOfWeek, 8, "1#1,2#1", "n#k or nL alone in the field, or a list without them", null)]
    [InlineData("H 0 * * *", CronField.Minute, 0, "H", "H with CronOptions.SpreadKey set", null)]
    [InlineData("0 H(9-5) * * *", CronField.Hour, 2, "H(9-5)", "H, H/n, H(a-b), H(a-b)/n with a not after b, within 0-23", null)]
    [InlineData("0 H(9-30) * * *", CronField.Hour, 6, "30)", "0-23", null)]
    [InlineData("0 0 H(0-5) * *", CronField.DayOfMonth, 6, "0-5)", "1-31", null)]
    [InlineData("0 0 * * #", CronField.DayOfWeek, 8, "#", "n#k or nL alone in the field, or a list without them", null)]
    [InlineData("0\u00A00 1 * * *", CronField.Minute, 1, "U+00A0", "0-59, and * ? , - / between them", "separate fields by plain spaces or tabs")]
    [InlineData("0 0 * * *\n", CronField.DayOfWeek, 9, "U+000A", "0-7 or SUN-SAT, and * ? , - / between them", "separate fields by plain spaces or tabs")]
    [InlineData("0 0 * * 1,", CronField.DayOfWeek, 10, "", "0-7 or SUN-SAT, and * ? , - / between them", null)]
    [InlineData("1- * * * *", CronField.Minute, 2, "U+0020", "0-59, and * ? , - / between them", null)]
    public void Parse_OneFieldIsWrong_SaysWhereWhatAndInstead(string text, CronField field, int position, string given, string allowed, string? suggestion)
    {
        var error = Assert.Throws<CronFormatException>(() => CronExpression.Parse(text));

        Assert.Equal((field, position), (error.Field, error.Position));
        Assert.Equal((given is "U+0020" ? " " : given, allowed, suggestion), (error.Given, error.Allowed, error.Suggestion));
        Assert.StartsWith($"Invalid cron expression, {NameOf(field)} field, position {position}: ", error.Message, StringComparison.Ordinal);
        AssertInText(error);
    }

    [Theory]
    [InlineData("", CronFormat.Standard, "", null)]
    [InlineData(" \t ", CronFormat.Standard, "", null)]
    [InlineData("* * * *", CronFormat.Standard, "4", null)]
    [InlineData("0 15 10 ? * MON-FRI", CronFormat.Standard, "6", "use CronFormat.IncludeSeconds when the first field is the second, otherwise leave the sixth out")]
    [InlineData("0 0/30 8-9 5,20 * ?", CronFormat.Standard, "6", "use CronFormat.IncludeSeconds when the first field is the second, otherwise leave the sixth out")]
    [InlineData("0 15 10 * * ? 2025", CronFormat.Standard, "7", "leave the year, the seventh field, out and use CronFormat.IncludeSeconds")]
    [InlineData("0 15 10 * * ? 2025", CronFormat.IncludeSeconds, "7", "leave the year, the seventh field, out")]
    [InlineData("15 10 * * *", CronFormat.IncludeSeconds, "5", "0 15 10 * * *")]
    [InlineData("0 0 * * * # nightly", CronFormat.Standard, "7", "leave the year, the seventh field, out and use CronFormat.IncludeSeconds")]
    [InlineData("TZ=Europe/Paris 0 0 * * *", CronFormat.Standard, "TZ=Europe/Paris", "leave it out and give the time zone beside the expression")]
    [InlineData("CRON_TZ=UTC 0 0 * * *", CronFormat.Standard, "CRON_TZ=UTC", "leave it out and give the time zone beside the expression")]
    [InlineData("@reboot", CronFormat.Standard, "@reboot", "start the job from the host's start instead: a reboot is not a time")]
    [InlineData("@every 5m", CronFormat.Standard, "@every 5m", "an interval schedule")]
    [InlineData("@minutely", CronFormat.Standard, "@minutely", "@every_minute")]
    [InlineData("@year", CronFormat.Standard, "@year", "@yearly")]
    [InlineData("@fortnight", CronFormat.Standard, "@fortnight", null)]
    [InlineData("@daily @daily", CronFormat.Standard, "@daily @daily", "@daily")]
    public void Parse_TheWholeIsWrong_SaysWhatAndInstead(string text, CronFormat format, string given, string? suggestion)
    {
        var error = Assert.Throws<CronFormatException>(() => CronExpression.Parse(text, format));

        Assert.Null(error.Field);
        Assert.Equal((0, given, suggestion), (error.Position, error.Given, error.Suggestion));
        AssertInText(error);
    }

    [Theory]
    [InlineData("*/0 * * * *")]
    [InlineData("*/-1 * * * *")]
    [InlineData("0/0 * * * *")]
    [InlineData("99999999999 * * * *")]
    [InlineData("4294967301 * * * *")]
    [InlineData("1e1 * * * *")]
    [InlineData("0x1 * * * *")]
    [InlineData("+1 * * * *")]
    [InlineData("-1 * * * *")]
    [InlineData("\u0661 * * * *")] // an Arabic digit
    [InlineData("\uFF11 * * * *")] // a full-width digit
    [InlineData("005 * * * *")]
    [InlineData("1.5 * * * *")]
    [InlineData("*5 * * * *")]
    [InlineData("** * * * *")]
    [InlineData("*-5 * * * *")]
    [InlineData("5-* * * * *")]
    [InlineData("1-2-3 * * * *")]
    [InlineData("1/2/3 * * * *")]
    [InlineData(",1 * * * *")]
    [InlineData("1,,2 * * * *")]
    [InlineData("MON * * * *")]
    [InlineData("L * * * *")]
    [InlineData("5W * * * *")]
    [InlineData("1#1 * * * *")]
    [InlineData("0 0 *W * *")]
    [InlineData("0 0 1-5W * *")]
    [InlineData("0 0 LL * *")]
    [InlineData("0 0 WL * *")]
    [InlineData("0 0 LW-1 * *")]
    [InlineData("0 0 L- * *")]
    [InlineData("0 0 15WL * *")]
    [InlineData("0 0 15WW * *")]
    [InlineData("0 0 0W * *")]
    [InlineData("0 0 32W * *")]
    [InlineData("0 0 HW * *")]
    [InlineData("0 0 * * 1-5L")]
    [InlineData("0 0 * * 1L#2")]
    [InlineData("0 0 * * *#1")]
    [InlineData("0 0 * * *L")]
    [InlineData("0 0 * * 8#1")]
    [InlineData("0 0 * * 1##1")]
    [InlineData("0 0 * * MONLY")]
    [InlineData("0 0 * L *")]
    [InlineData("0 0 * */13 *")]
    [InlineData("0 0 */32 * *")]
    [InlineData("0 0 * * */8")]
    [InlineData("0 0 * * * *")]
    [InlineData("0 0 * * *\0")]
    [InlineData("0 0 * * *\0 junk")]
    [InlineData("\uFEFF0 0 * * *")]
    [InlineData("0 0 *\u200B * *")]
    [InlineData("0 0\v* * *")]
    [InlineData("0 0\r\n* * *")]
    [InlineData("0 0 * * * # x")]
    [InlineData("@")]
    [InlineData("@@daily")]
    [InlineData("@daily x")]
    [InlineData("@da\u0131ly")] // a Turkish dotless i
    [InlineData("H(5) * * * *")]
    [InlineData("H(1-60) * * * *")]
    [InlineData("H(60 * * * *")] // once read as an empty minute field
    [InlineData("H(60-5) * * * *")]
    [InlineData("H(1-60 * * * *")]
    [InlineData("H(5 * * * *")]
    [InlineData("H(1-5 * * * *")]
    [InlineData("0 0 * * H(8")]
    [InlineData("H(MON) * * * *")]
    [InlineData("H() * * * *")]
    [InlineData("H/0 * * * *")]
    [InlineData("H/60 * * * *")]
    [InlineData("H-5 * * * *")]
    public void Parse_NoExpression_IsRefusedWithAPositionAndBothWaysAgree(string text)
    {
        var error = Assert.Throws<CronFormatException>(() => CronExpression.Parse(text, new CronOptions { SpreadKey = "key" }));

        Assert.InRange(error.Position, 0, text.Length);
        Assert.False(CronExpression.TryParse(text, new CronOptions { SpreadKey = "key" }, out var none));
        Assert.Null(none);
        AssertInText(error);
    }

    [Theory]
    [InlineData("1,")]
    [InlineData("*")]
    [InlineData("-")]
    [InlineData("* ")]
    [InlineData("/")]
    [InlineData("L")]
    [InlineData("H(")]
    [InlineData("\u0001")]
    [InlineData("\uD800")]
    public void Parse_256OfTheSame_IsRefusedShortly(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 256))[..256];

        AssertInText(Assert.Throws<CronFormatException>(() => CronExpression.Parse(text)));
    }

    [Fact]
    public void Parse_256CharactersThatAreAnExpression_IsRead()
    {
        var text = "0 0 * * *".PadRight(256);

        Assert.Equal(CronExpression.Parse("0 0 * * *"), CronExpression.Parse(text));
    }

    private static string NameOf(CronField field) => field switch
    {
        CronField.Second => "second",
        CronField.Minute => "minute",
        CronField.Hour => "hour",
        CronField.DayOfMonth => "day-of-month",
        CronField.Month => "month",
        CronField.DayOfWeek => "day-of-week",
        _ => throw new UnreachableException(),
    };

    // The message says what the data say, in 300 characters that a log can take.
    private static void AssertInText(CronFormatException error)
    {
        Assert.InRange(error.Message.Length, 1, 300);
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.InRange(error.Given.Length, 0, 40);
        Assert.Contains(error.Given, error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Allowed, error.Message, StringComparison.Ordinal);
        Assert.Contains(error.Suggestion ?? "", error.Message, StringComparison.Ordinal);
    }
}
