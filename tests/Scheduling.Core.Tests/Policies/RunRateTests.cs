using NodaTime;
using Scheduling.Policies;

namespace Scheduling.Core.Tests.Policies;

public sealed class RunRateTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 2, 12, 0);

    [Theory]
    [InlineData(0, 60)]
    [InlineData(-1, 60)]
    [InlineData(1_000_001, 60)]
    [InlineData(1, 0)]
    [InlineData(1, -1)]
    [InlineData(1, 32 * 86_400)]
    public void RunRate_OutOfRange_IsRefused(int runs, int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunRate(runs, Duration.FromSeconds(seconds)));

    [Theory]
    [InlineData(1, 1_000)]
    [InlineData(3, 1_000)]
    [InlineData(7, 1_000)]
    [InlineData(1_000_000, 1_000)]
    [InlineData(1_000, 3_600_000)]
    public void Take_AsOftenAsAllowed_IsTheBucketAndThenTheRateAndNeverMore(int runs, int milliseconds)
    {
        var rate = new RunRate(runs, Duration.FromMilliseconds(milliseconds));
        Instant? fullAt = null;
        var (now, starts, end) = (Noon, 0L, Noon + (rate.Per * 2));
        while (now < end && starts < 10_000)
        {
            if (rate.HeldUntil(fullAt, now) is { } until)
            {
                Assert.True(until > now);
                now = until;
                continue;
            }
            fullAt = rate.Take(fullAt, now);
            starts++;
        }

        var atMost = runs + (long)((now - Noon).TotalTicks * runs / rate.Per.TotalTicks) + 1;
        Assert.InRange(starts, Math.Min(10_000, runs * 2), Math.Min(10_000, atMost));
    }

    [Fact]
    public void HeldUntil_AfterALongRest_IsFreeForOneBucketOnly()
    {
        var rate = new RunRate(2, Duration.FromMinutes(1));
        var fullAt = rate.Take(rate.Take(null, Noon), Noon);
        Assert.Equal(Noon + Duration.FromSeconds(30), rate.HeldUntil(fullAt, Noon));
        var later = Noon + Duration.FromHours(5);

        fullAt = rate.Take(rate.Take(fullAt, later), later);

        Assert.Equal(later + Duration.FromSeconds(30), rate.HeldUntil(fullAt, later));
    }
}
