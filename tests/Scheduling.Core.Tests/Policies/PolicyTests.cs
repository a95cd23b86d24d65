using NodaTime;
using Scheduling.Policies;

namespace Scheduling.Core.Tests.Policies;

public class PolicyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_001)]
    public void Exponential_RetriesOutOfRange_IsRefused(int retries) =>
        Assert.Equal("maximumRetries", Assert.Throws<ArgumentOutOfRangeException>(() => RetryPolicy.Exponential(retries, Duration.FromSeconds(1))).ParamName);

    [Theory]
    [InlineData(0.999)]
    [InlineData(10.001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-2.0)]
    public void Exponential_FactorOutOfRange_IsRefused(double factor) =>
        Assert.Equal("factor", Assert.Throws<ArgumentOutOfRangeException>(() => RetryPolicy.Exponential(1, Duration.FromSeconds(1), factor: factor)).ParamName);

    [Fact]
    public void Exponential_DelaysOutOfRange_AreRefused()
    {
        Assert.Equal("firstDelay", Refused(Duration.Zero, null));
        Assert.Equal("firstDelay", Refused(Duration.FromSeconds(-1), null));
        Assert.Equal("firstDelay", Refused(Duration.FromMilliseconds(1) - Duration.Epsilon, null));
        Assert.Equal("maximumDelay", Refused(Duration.FromSeconds(10), Duration.FromSeconds(9)));

        static string? Refused(Duration first, Duration? most) =>
            Assert.Throws<ArgumentOutOfRangeException>(() => RetryPolicy.Exponential(1, first, most)).ParamName;
    }

    [Fact]
    public void Exponential_Defaults_AreOneHourAndFactorTwo()
    {
        var policy = RetryPolicy.Exponential(3, Duration.FromSeconds(5));

        Assert.Equal((3, Duration.FromSeconds(5), Duration.FromHours(1), 2.0), (policy.MaximumRetries, policy.FirstDelay, policy.MaximumDelay, policy.Factor));
        Assert.Equal(Duration.FromHours(2), RetryPolicy.Exponential(3, Duration.FromHours(2)).MaximumDelay);
        Assert.Equal(policy, RetryPolicy.Exponential(3, Duration.FromSeconds(5)));
        Assert.Equal(0, RetryPolicy.None.MaximumRetries);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    [InlineData(-5)]
    public void RunAll_ChainOutOfRange_IsRefused(int most) =>
        Assert.Equal("maximumRuns", Assert.Throws<ArgumentOutOfRangeException>(() => MisfirePolicy.RunAll(most)).ParamName);

    [Fact]
    public void WithMaximumAge_NotPositive_IsRefusedAndNullTakesItAway()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MisfirePolicy.Skip.WithMaximumAge(Duration.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => MisfirePolicy.Skip.WithMaximumAge(-Duration.Epsilon));
        var limited = MisfirePolicy.RunAll(5).WithMaximumAge(Duration.FromHours(1));
        Assert.Equal((MisfireMode.RunAll, 5, Duration.FromHours(1)), (limited.Mode, limited.MaximumRuns, limited.MaximumAge));
        Assert.Equal(MisfirePolicy.RunAll(5), limited.WithMaximumAge(null));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void TenantLimits_LessThanOneRunning_IsRefusedWithTheWayOut(int running)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => new TenantLimits { MaximumRunning = running });

        Assert.Contains("pause", refused.Message, StringComparison.Ordinal);
        Assert.Null(TenantLimits.None.MaximumRunning);
        Assert.Equal(1, new TenantLimits { MaximumRunning = 1 }.MaximumRunning);
    }
}
