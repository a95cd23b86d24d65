using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

/// <summary>Reads and checks rows of data: instants are written as local time with offset, so that a row can be checked against a clock on the wall.</summary>
internal static class OccurrenceRow
{
    private static readonly OffsetDateTimePattern Pattern = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss o<+HH:mm:ss>");
    private static readonly string[] Forms = ["uuuu-MM-dd HH:mm:ss.FFFFFFFFFo<G>", "uuuu-MM-dd HH:mmo<G>"];

    public static Instant At(string text)
    {
        foreach (var form in Forms)
        {
            var parsed = OffsetDateTimePattern.CreateWithInvariantCulture(form).Parse(text);
            if (parsed.Success)
            {
                return parsed.Value.ToInstant();
            }
        }

        throw new FormatException($"'{text}' is not an instant of a row: write 2017-03-26 03:00+02.");
    }

    public static string Write(Instant? instant, DateTimeZone zone) =>
        instant is null ? "never" : Pattern.Format(instant.Value.InZone(zone).ToOffsetDateTime());

    /// <summary>Each expected occurrence follows from the one before, in both directions and inclusively.</summary>
    public static void Check(string zoneId, string expression, string from, params string[] expected)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var fields = expression.Split(' ', '\t').Length;
        var cron = CronExpression.Parse(expression, fields == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        var at = At(from);
        foreach (var text in expected)
        {
            var instant = At(text);
            Assert.Equal(Write(instant, zone), Write(cron.GetNextOccurrence(at, zone), zone));
            Assert.Equal(instant, cron.GetNextOccurrence(instant, zone, inclusive: true));
            Assert.Equal(instant, cron.GetPreviousOccurrence(instant, zone, inclusive: true));
            Assert.Equal(instant, cron.GetPreviousOccurrence(instant + Duration.Epsilon, zone));
            Assert.True(cron.GetPreviousOccurrence(instant, zone) is not { } previous || previous <= at, string.Create(CultureInfo.InvariantCulture, $"an occurrence between {from} and {text}"));
            at = instant;
        }
    }
}
