using NodaTime;
using Scheduling.Cron;

namespace Scheduling.Core.Tests.Cron;

/// <summary><c>H</c> and the hash behind it. The vectors are part of the contract: they hold within a major version, in every process.</summary>
public class CronSpreadTests
{
    // Computed by a separate script from the published constants of FNV-1a and SplitMix64.
    [Theory]
    [InlineData("", 0xf52a15e9a9b5e89bUL)]
    [InlineData("a", 0x02c0bdbf481420f8UL)]
    [InlineData("github", 0xbae8f9bb784e542cUL)]
    [InlineData("Zürich 東京 🕛", 0xb52923edd4598f39UL)]
    public void Of_Text_IsTheCommittedVector(string text, ulong expected) => Assert.Equal(expected, SpreadHash.Of(text));

    [Fact]
    public void Of_TenantAndKey_IsTheHashOfBothWithASeparator()
    {
        Assert.Equal(SpreadHash.Of("acme\u001Fgithub"), SpreadHash.Of("acme", "github"));
        Assert.Equal(0x056e7c0dda37d5f7UL, SpreadHash.Of("acme", "github"));
        Assert.NotEqual(SpreadHash.Of("ac", "megithub"), SpreadHash.Of("acme", "github"));
    }

    [Fact]
    public void Of_LoneSurrogate_IsTheReplacementCharacter() => Assert.Equal(SpreadHash.Of("a\uFFFDb"), SpreadHash.Of("a\uD800b"));

    [Theory]
    [InlineData(0UL, 3300UL, 0UL)]
    [InlineData(ulong.MaxValue, 3300UL, 3299UL)]
    [InlineData(1UL << 63, 60UL, 30UL)]
    [InlineData(12345UL, 0UL, 0UL)]
    public void Onto_HashAndSize_IsTheHighHalfOfTheProduct(ulong hash, ulong n, ulong expected) => Assert.Equal(expected, SpreadHash.Onto(hash, n));

    [Fact]
    public void Onto_ManyKeys_SpreadsEvenly()
    {
        var counts = new int[60];
        for (var n = 0; n < 60_000; n++)
        {
            counts[SpreadHash.Onto(SpreadHash.Of("tenant-1", $"job-{n}"), 60)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 800, 1200)); // 1000 each; five standard deviations are 157
    }

    [Theory]
    [InlineData("H * * * *", "github", "8 * * * *")]
    [InlineData("H H * * *", "github", "8 6 * * *")]
    [InlineData("H H H H H", "github", "8 6 26 4 4")]
    [InlineData("H/15 * * * *", "github", "2/15 * * * *")]
    [InlineData("H(0-9) H(8-17) * * *", "github", "1 10 * * *")]
    [InlineData("H H * * *", "jira", "57 21 * * *")]
    public void Parse_WithKey_HasTheCommittedValues(string text, string key, string expected)
    {
        var cron = CronExpression.Parse(text, new CronOptions { SpreadKey = key });

        Assert.Equal(CronExpression.Parse(expected).ToCanonicalString(), cron.ToCanonicalString());
        Assert.Equal(CronExpression.Parse(expected), cron);
        Assert.Equal(text, cron.Text);
    }

    [Fact]
    public void Parse_ManyKeys_ValuesStayInTheirRanges()
    {
        var days = new HashSet<int>();
        for (var n = 0; n < 2000; n++)
        {
            var options = new CronOptions { SpreadKey = $"job-{n}" };
            var at = Instant.FromUtc(2026, 1, 1, 0, 0);
            days.Add(CronExpression.Parse("0 0 H * *", options).GetNextOccurrence(at, DateTimeZone.Utc, inclusive: true)!.Value.InUtc().Day);
            Assert.InRange(CronExpression.Parse("H(10-20) * * * *", options).GetNextOccurrence(at, DateTimeZone.Utc)!.Value.InUtc().Minute, 10, 20);
            var steps = CronExpression.Parse("H(10-29)/7 * * * *", options).GetOccurrences(at, at + Duration.FromHours(1), DateTimeZone.Utc).Select(i => i.InUtc().Minute).ToList();
            Assert.InRange(steps[0], 10, 16);
            Assert.All(steps, minute => Assert.True(minute <= 29 && (minute - steps[0]) % 7 == 0));
            Assert.True(steps[^1] + 7 > 29);
            Assert.Equal(4, CronExpression.Parse("H/15 * * * *", options).CountOccurrences(at, at + Duration.FromHours(1) - Duration.Epsilon, DateTimeZone.Utc, 100));
        }

        Assert.Equal(Enumerable.Range(1, 28), days.Order()); // every day that every month has, and no other
    }

    [Theory]
    [InlineData("H(5-5) * * * *", "5 * * * *")]
    [InlineData("H(5-5)/7 * * * *", "5-5/7 * * * *")] // a step keeps it interval-like
    [InlineData("H(0-0) 0 * * *", "0 0 * * *")]
    [InlineData("0 0 H(31-31) * *", "0 0 31 * *")]
    [InlineData("0 0 * * H(7-7)", "0 0 * * 0")]
    [InlineData("0 0 * H(12-12) *", "0 0 * 12 *")]
    public void Parse_RangeOfOneValue_IsThatValue(string text, string expected) =>
        Assert.Equal(CronExpression.Parse(expected), CronExpression.Parse(text, new CronOptions { SpreadKey = "github" }));

    [Theory]
    [InlineData("H(10-12)/30 * * * *", 10, 12)]
    [InlineData("H(55-59)/20 * * * *", 55, 59)]
    public void Parse_StepLongerThanTheRange_BeginsInsideIt(string text, int low, int high)
    {
        var seen = new HashSet<int>();
        for (var n = 0; n < 200; n++)
        {
            var at = Instant.FromUtc(2026, 1, 1, 0, 0);
            var cron = CronExpression.Parse(text, new CronOptions { SpreadKey = $"job-{n}" });
            seen.Add(Assert.Single(cron.GetOccurrences(at, at + Duration.FromHours(1), DateTimeZone.Utc)).InUtc().Minute);
        }

        Assert.Equal(Enumerable.Range(low, high - low + 1), seen.Order());
    }

    [Fact]
    public void Bind_UnboundExpression_GetsTheValuesOfTheHash()
    {
        var unbound = CronExpression.ParseUnbound("H H * * *");
        var bound = unbound.Bind(SpreadHash.Of("github"));

        Assert.True(unbound.NeedsSpreadKey);
        Assert.False(bound.NeedsSpreadKey);
        Assert.Equal(CronExpression.Parse("H H * * *", new CronOptions { SpreadKey = "github" }), bound);
        Assert.Equal(unbound, CronExpression.ParseUnbound("H H * * *"));
        Assert.NotEqual(unbound, bound);
        Assert.Throws<InvalidOperationException>(() => unbound.GetNextOccurrence(default, DateTimeZone.Utc));
        Assert.Throws<InvalidOperationException>(() => unbound.GetPreviousOccurrence(default, DateTimeZone.Utc));
        Assert.Throws<InvalidOperationException>(() => unbound.GetOccurrences(default, default, DateTimeZone.Utc));
        Assert.Throws<InvalidOperationException>(() => unbound.ToCanonicalString());
    }

    [Fact]
    public void Bind_ExpressionWithoutH_IsItself()
    {
        var cron = CronExpression.ParseUnbound("0 0 * * *");

        Assert.False(cron.NeedsSpreadKey);
        Assert.Same(cron, cron.Bind(1));
    }
}
