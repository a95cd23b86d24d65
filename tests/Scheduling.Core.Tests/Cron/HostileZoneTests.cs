using NodaTime;
using NodaTime.TimeZones;
using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

/// <summary>Zones of other people's making: strange but true ones are answered, contradictory ones refused; none makes time stand still or a search endless.</summary>
public class HostileZoneTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 6, 1, 12, 0);

    private static readonly string[] Expressions = ["* * * * *", "30 1 * * *", "0 0 1 1 *", "*/7 3-5 * * *", "0 0 29 2 *", "0 0 30 2 *", "15 4 L * *"];

    public static TheoryData<int, int, int> Changes => new()
    {
        { 7200, 18, -18 }, { 3600, 1, 0 }, { 1800, 1, 0 }, { 86400, 14, -12 }, { 900, 2, -2 }, { 100_000, 18, -18 }, { 601, 1, -1 },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Next_ZoneThatOftenChanges_RisesAndIsInverted(int seconds, int even, int odd)
    {
        var zone = HostileZone.Changing(Duration.FromSeconds(seconds), n => Offset.FromHours(n % 2 == 0 ? even : odd));
        foreach (var cron in Expressions.Select(e => CronExpression.Parse(e)))
        {
            var at = At;
            for (var n = 0; n < 4 && Next(cron, at, zone) is { } next; n++)
            {
                Assert.True(next > at);
                Assert.True(n == 0 || cron.GetPreviousOccurrence(next, zone) == at);
                Assert.Equal(next, cron.GetPreviousOccurrence(next, zone, inclusive: true));
                at = next;
            }
        }
    }

    [Fact]
    public void Occurrences_OverlapWithinOverlap_FixedTimeFiresOnceAndIntervalAlways()
    {
        // 10:00 back to 08:00, an hour later (09:00) back to 08:30: 08:30 to 09:00 is there three times.
        var start = Instant.FromUtc(2026, 6, 1, 10, 0);
        var zone = new HostileZone(i =>
            i < start ? new ZoneInterval("A", null, start, Offset.Zero, Offset.Zero)
            : i < start + Duration.FromHours(1) ? new ZoneInterval("B", start, start + Duration.FromHours(1), Offset.FromHours(-2), Offset.Zero)
            : new ZoneInterval("C", start + Duration.FromHours(1), null, Offset.FromHoursAndMinutes(-2, -30), Offset.Zero));
        var (from, to) = (start - Duration.FromHours(5), start + Duration.FromHours(5));

        Assert.Single(CronExpression.Parse("45 8 * * *").GetOccurrences(from, to, zone));
        Assert.Equal(3, CronExpression.Parse("45-45 8 * * *").GetOccurrences(from, to, zone).Count());
        Assert.Equal(3, CronExpression.Parse("45-45 8 * * *").GetOccurrencesDescending(from, to, zone).Count());
        Assert.Equal(3, CronExpression.Parse("45-45 8 * * *").CountOccurrences(from, to, zone, 10));
        Assert.Single(CronExpression.Parse("15 9 * * *").GetOccurrencesDescending(from, to, zone));
        Assert.Equal(1, CronExpression.Parse("15 9 * * *").CountOccurrences(from, to, zone, 10));
    }

    [Fact]
    public void Next_ZoneThatChangesWithinSeconds_StillRises()
    {
        var zone = HostileZone.Changing(Duration.FromMilliseconds(700), n => Offset.FromSeconds((int)(n % 3)));
        var cron = CronExpression.Parse("* * * * * *", CronFormat.IncludeSeconds);
        for (var (n, at) = (0, At); n < 5; n++) // each walks 36 hours of such changes
        {
            var next = Next(cron, at, zone);
            Assert.True(next is null || next > at);
            at = next ?? at + Duration.FromSeconds(1);
        }
    }

    [Fact]
    public void Next_ZoneThatChangesEverySecond_GivesUpInsteadOfHanging()
    {
        var zone = HostileZone.Changing(Duration.FromSeconds(1), n => Offset.FromHours(n % 2 == 0 ? 18 : -18));

        Assert.Throws<InvalidOperationException>(() => CronExpression.Parse("0 0 29 2 *").GetNextOccurrence(At, zone));
        Assert.Throws<InvalidOperationException>(() => CronExpression.Parse("0 0 29 2 *").GetPreviousOccurrence(At, zone));
    }

    public static TheoryData<string> Lies => ["past", "future", "empty", "none"];

    [Theory]
    [MemberData(nameof(Lies))]
    public void AnyQuestion_ZoneThatContradictsItself_RisesOrIsRefused(string lie)
    {
        var zone = new HostileZone(i => lie switch
        {
            "past" => new ZoneInterval("X", i - Duration.FromDays(9), i - Duration.FromDays(8), Offset.FromHours(1), Offset.Zero),
            "future" => new ZoneInterval("X", i + Duration.FromDays(8), i + Duration.FromDays(9), Offset.FromHours(1), Offset.Zero),
            "empty" => new ZoneInterval("X", i + Duration.FromSeconds(1), i + Duration.FromSeconds(1) + Duration.Epsilon, Offset.FromHours(1), Offset.Zero),
            _ => null,
        });
        foreach (var cron in Expressions.Select(e => CronExpression.Parse(e)))
        {
            AssertMovesOrRefused(() => cron.GetNextOccurrence(At, zone), answer => answer > At);
            AssertMovesOrRefused(() => cron.GetPreviousOccurrence(At, zone), answer => answer < At);
            Assert.Throws<InvalidOperationException>(() => cron.CountOccurrences(At, At + Duration.FromDays(3), zone, 10));
        }
    }

    private static void AssertMovesOrRefused(Func<Instant?> question, Func<Instant, bool> moves)
    {
        try
        {
            Assert.True(question() is { } answer && moves(answer), "an answer that stands still, or a null that hides the contradiction");
        }
        catch (InvalidOperationException e)
        {
            Assert.Contains("Test/Hostile", e.Message, StringComparison.Ordinal);
        }
    }

    // A strange zone may be given up on; what must not happen is an answer that does not move.
    private static Instant? Next(CronExpression cron, Instant at, DateTimeZone zone)
    {
        try
        {
            return cron.GetNextOccurrence(at, zone);
        }
        catch (InvalidOperationException e) when (e.Message.Contains("given up", StringComparison.Ordinal))
        {
            return null;
        }
    }
}
