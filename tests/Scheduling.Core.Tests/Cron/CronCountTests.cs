using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

/// <summary>Counting without visiting gives what visiting gives.</summary>
public class CronCountTests
{
    private static readonly string[] Zones = ["UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];

    // Windows that begin and end within a minute, an hour, a day, a month and a year, and on the second of an occurrence.
    private static readonly (Instant First, Instant Last)[] Windows =
    [
        (Instant.FromUtc(2026, 2, 27, 3, 21, 7), Instant.FromUtc(2026, 4, 7, 16, 40, 33)),
        (Instant.FromUtc(2026, 3, 8, 3, 10, 10), Instant.FromUtc(2026, 3, 8, 5, 50, 50)),
        (Instant.FromUtc(2025, 12, 30, 23, 59, 59), Instant.FromUtc(2027, 1, 2, 0, 0, 0)),
        (Instant.FromUtc(2026, 10, 31, 20, 0, 0), Instant.FromUtc(2026, 11, 1, 20, 0, 0)),
        (Instant.FromUtc(2026, 5, 29, 0, 0, 0), Instant.FromUtc(2026, 5, 29, 0, 0, 0)),
        (Instant.FromUtc(2026, 5, 29, 0, 0, 0) + Duration.FromMilliseconds(1), Instant.FromUtc(2026, 5, 29, 23, 59, 59)),
        (Instant.FromUtc(2026, 5, 29, 9, 30, 0), Instant.FromUtc(2026, 5, 29, 9, 30, 59)),
    ];

    [Theory]
    [InlineData("* * * * *")]
    [InlineData("*/7 3-5 * * *")]
    [InlineData("30 9 * * *")]
    [InlineData("30 1,2 * * *")]
    [InlineData("10,40 * 1,15 * *")]
    [InlineData("0 0 * * 5L")]
    [InlineData("5 9 31W * *")]
    [InlineData("0 0 29 2 *")]
    [InlineData("0 0 1 1,12 *")]
    [InlineData("15 30 2,9 * * *")]
    [InlineData("*/20 30 9 * * MON-FRI")]
    public void Count_AnyWindow_EqualsVisiting(string expression)
    {
        var cron = CronExpression.Parse(expression, expression.Split(' ').Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard);
        foreach (var zone in Zones.Select(id => DateTimeZoneProviders.Tzdb[id]))
        {
            foreach (var (first, last) in Windows)
            {
                var visited = cron.GetOccurrences(first, last, zone, toInclusive: true).LongCount();

                Assert.Equal(visited, cron.CountOccurrences(first, last, zone, long.MaxValue));
                Assert.Equal(Math.Min(3, visited), cron.CountOccurrences(first, last, zone, 3));
            }
        }
    }
}
