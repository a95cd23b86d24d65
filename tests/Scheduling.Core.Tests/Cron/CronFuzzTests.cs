using System.Globalization;
using System.Text;
using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

/// <summary>
/// Random texts of what expressions are made of (and some that they are not): parsed, or refused with <see cref="CronFormatException"/>, nothing else.
/// <c>SCHEDULING_LONG_FUZZ=10000000</c> makes a long run, <c>SCHEDULING_SEED=n</c> repeats one.
/// </summary>
public class CronFuzzTests
{
    private static readonly string[] Pieces =
    [
        "0", "1", "5", "7", "15", "23", "31", "59", "60", "*", "*", "*", "?", ",", "-", "/", "/", "L", "W", "#", "H", "h", "(", ")", "L-3", "LW", "15W", "5#2", "MON", "fri", "JAN",
        "DEC", "@", "@daily", "@reboot", "TZ=UTC", "\0", "\u00A0", "\uD800", "\n", "é", "9999999999", "MONDAY", "*/5", "1-5", "22-2", "FRI-MON", "H/15", "H(1-5)",
    ];

    [Fact]
    public void Parse_RandomTexts_EitherReadOrRefusedCleanly()
    {
        var seed = CronTestSettings.FuzzSeed;
        var count = CronTestSettings.FuzzTexts;
        var random = new Random(seed);
        var parsed = 0;
        for (var n = 0; n < count; n++)
        {
            var text = RandomText(random);
            var options = new CronOptions
            {
                Format = (CronFormat)random.Next(2),
                DayRule = (CronDayRule)random.Next(2),
                SpreadKey = random.Next(2) == 0 ? null : "k",
            };
            try
            {
                parsed += Try(text, options) ? 1 : 0;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"SCHEDULING_SEED={seed}, text {n}: '{text}' ({options.Format}, {options.DayRule})"), e);
            }
        }

        Assert.True(parsed > count / 20, string.Create(CultureInfo.InvariantCulture, $"only {parsed} of {count} texts were expressions: the fuzz does not reach far (seed {seed})"));
    }

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var fields = random.Next(8) == 0 ? random.Next(1, 9) : random.Next(5, 7); fields > 0; fields--)
        {
            // Mostly one field is odd and the others are not: a text that is wrong everywhere is refused at its first field and shows nothing of the rest.
            var pieces = random.Next(10) switch { 0 => random.Next(2, 5), 1 or 2 or 3 => 1, _ => 0 };
            text.Append(pieces == 0 ? "*" : "");
            for (; pieces > 0; pieces--)
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }

            text.Append(fields > 1 ? random.Next(20) == 0 ? "\t " : " " : "");
        }

        return text.ToString();
    }

    private static bool Try(string text, CronOptions options)
    {
        if (!CronExpression.TryParse(text, options, out var cron))
        {
            var error = Assert.Throws<CronFormatException>(() => CronExpression.Parse(text, options));
            Assert.InRange(error.Message.Length, 1, 300);
            Assert.InRange(error.Position, 0, text.Length);
            return false;
        }

        Assert.Equal(text, cron.Text);
        Assert.Equal(cron, CronExpression.Parse(cron.ToCanonicalString(), options));
        var at = Instant.FromUtc(2026, 2, 3, 4, 5, 6);
        var next = cron.GetNextOccurrence(at, DateTimeZone.Utc);
        Assert.True(next is null || next > at);
        Assert.True(next is null || cron.GetPreviousOccurrence(next.Value, DateTimeZone.Utc) is not { } previous || previous <= at);
        return true;
    }
}
