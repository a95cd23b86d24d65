using System.Globalization;
using NodaTime;
using Scheduling.Cron;
using Scheduling.Schedules;

namespace Scheduling.Core.Tests.Cron;

/// <summary>Texts of up to a megabyte are refused by their length, before a character is looked at, and never come back in a message.</summary>
public class CronHugeTextTests
{
    private const int LongestMessage = 300;

    public static TheoryData<string, string> HugeTexts => new()
    {
        { "a megabyte of digits", new string('1', 1_048_576) },
        { "100,000 commas", new string(',', 100_000) },
        { "100,000 values", string.Concat(Enumerable.Repeat("1,", 100_000)) },
        { "100,000 fields", string.Concat(Enumerable.Repeat("* ", 100_000)) },
        { "50,000 dashes", new string('-', 50_000) },
        { "a megabyte of blanks before an expression", new string(' ', 1_048_576) + "* * * * *" },
        { "a megabyte of blanks behind an expression", "* * * * *" + new string('\t', 1_048_576) },
        { "100,000 open parentheses", string.Concat(Enumerable.Repeat("H(", 100_000)) },
        { "a megabyte of NUL", new string('\0', 1_048_576) },
        { "half a megabyte of lone surrogates", new string('\uD800', 524_288) },
        { "one character too many", "* * * * *".PadRight(257) },
    };

    [Theory]
    [MemberData(nameof(HugeTexts))]
    public void Parse_LongerThan256_IsRefusedByLengthAlone(string what, string text)
    {
        var error = Assert.Throws<CronFormatException>(() => CronExpression.Parse(text, new CronOptions { SpreadKey = what }));

        var length = text.Length.ToString(CultureInfo.InvariantCulture);
        Assert.Equal((null, 256, length, "at most 256 characters", null), (error.Field, error.Position, error.Given, error.Allowed, error.Suggestion));
        Assert.Equal($"Invalid cron expression, position 256: the text has {length} characters. Allowed: at most 256 characters.", error.Message);
    }

    [Theory]
    [MemberData(nameof(HugeTexts))]
    public void TryParse_LongerThan256_TakesNoMemoryThatGrowsWithTheText(string what, string text)
    {
        var format = what.Length % 2 == 0 ? CronFormat.Standard : CronFormat.IncludeSeconds;
        Assert.False(CronExpression.TryParse("* * *", format, out _)); // what is made once in a process is made now

        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = CronExpression.TryParse(text, format, out var none);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.False(read);
        Assert.Null(none);
        Assert.InRange(allocated, 0, 1000);
    }

    [Theory]
    [MemberData(nameof(HugeTexts))]
    public void ScheduleAndDocument_LongerThan256_AreRefusedShortly(string what, string text)
    {
        var refused = Assert.Throws<CronFormatException>(() => Schedule.Cron(text));
        var document = new ScheduleDocument { FrequencyType = FrequencyType.CronBased, CronExpression = text, TimeZone = "Europe/Paris" };
        var inDocument = Assert.Single(Assert.Throws<SchedulingValidationException>(document.ToSchedule).Errors);
        var zone = Assert.Throws<ArgumentException>(() => Schedule.Cron("* * * * *", what + text));

        Assert.InRange(refused.Message.Length, 1, LongestMessage);
        Assert.Equal("cronExpression", inDocument.Field);
        Assert.Contains("at most 256 characters", inDocument.Message, StringComparison.Ordinal);
        Assert.InRange(inDocument.Message.Length, 1, LongestMessage);
        Assert.InRange(zone.Message.Length, 1, LongestMessage);
    }

    [Fact]
    public void Parse_TheLongestTextThatIsRead_IsRead()
    {
        var values = string.Concat(Enumerable.Repeat("59,", 81)) + "59";
        var text = (values + " * * * *").PadLeft(256);

        var cron = CronExpression.Parse(text);

        Assert.Equal((256, "59 * * * *"), (cron.Text.Length, cron.ToCanonicalString()));
        Assert.Equal(Instant.FromUtc(2026, 1, 1, 0, 59), cron.GetNextOccurrence(Instant.FromUtc(2026, 1, 1, 0, 0), DateTimeZone.Utc));
    }
}
