using NodaTime;
using Scheduling.Policies;

namespace Scheduling.Core.Tests.Policies;

/// <summary>faults.md D17: delays rise to the cap, are never negative or zero, and stay within their bounds however often it failed.</summary>
public class RetryDelayTests
{
    private const double JustBelowOne = 0.99999999999999989;

    public static TheoryData<int, long> TenSecondsFactorTwo => new()
    {
        { 1, 10 }, { 2, 20 }, { 3, 40 }, { 4, 80 }, { 9, 2_560 }, { 10, 3_600 }, { 11, 3_600 }, { 64, 3_600 }, { 200, 3_600 }, { 1_000, 3_600 }, { int.MaxValue, 3_600 },
    };

    [Theory]
    [MemberData(nameof(TenSecondsFactorTwo))]
    public void Bound_RisesByTheFactorUpToTheCap(int retry, long seconds) =>
        Assert.Equal(Duration.FromSeconds(seconds), RetryDelay.Bound(RetryPolicy.Exponential(1_000, Duration.FromSeconds(10)), retry));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Bound_NoRetryYet_IsThatOfTheFirst(int retry) =>
        Assert.Equal(Duration.FromSeconds(10), RetryDelay.Bound(RetryPolicy.Exponential(3, Duration.FromSeconds(10)), retry));

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.5)]
    [InlineData(2.0)]
    [InlineData(10.0)]
    public void For_EveryRetryAndDraw_LiesAboveZeroAndWithinTheBound(double factor)
    {
        var policy = RetryPolicy.Exponential(1_000, Duration.FromSeconds(10), Duration.FromHours(6), factor);
        var previous = Duration.Zero;
        for (var retry = 1; retry <= 200; retry++)
        {
            var bound = RetryDelay.Bound(policy, retry);
            Assert.True(bound >= previous && bound <= policy.MaximumDelay);
            foreach (var random in new[] { 0, 0.001, 0.25, 0.5, 0.999, JustBelowOne })
                Assert.InRange(RetryDelay.For(policy, retry, random), Duration.FromMilliseconds(1), bound);
            previous = bound;
        }
    }

    [Theory]
    [InlineData(0.0, 40_000L)]
    [InlineData(0.25, 30_000L)]
    [InlineData(0.5, 20_000L)]
    [InlineData(0.75, 10_000L)]
    [InlineData(JustBelowOne, 1L)]
    public void For_ThirdRetry_IsSpreadOverTheWholeBound(double random, long milliseconds) =>
        Assert.Equal(Duration.FromMilliseconds(milliseconds), RetryDelay.For(RetryPolicy.Exponential(5, Duration.FromSeconds(10)), 3, random));

    [Fact]
    public void For_ShortestDelay_IsOneMillisecondWhateverIsDrawn()
    {
        var policy = RetryPolicy.Exponential(5, Duration.FromMilliseconds(1), Duration.FromMilliseconds(1));

        Assert.Equal(Duration.FromMilliseconds(1), RetryDelay.For(policy, 1, 0));
        Assert.Equal(Duration.FromMilliseconds(1), RetryDelay.For(policy, 200, JustBelowOne));
    }

    [Fact]
    public void For_TheLongestCap_DoesNotOverflow()
    {
        var policy = RetryPolicy.Exponential(1_000, Duration.FromDays(1), RetryPolicy.LongestDelay, factor: 10);

        Assert.Equal(Duration.FromDays(365), RetryDelay.For(policy, 1_000, 0));
        Assert.Equal(Duration.FromDays(182.5), RetryDelay.For(policy, 1_000, 0.5));
    }
}
