using NodaTime;
using Scheduling.Policies;
using Scheduling.TestKit;

namespace Scheduling.Core.Tests.Client;

public class RunNowBudgetTests
{
    private static readonly RunRate TwoASecond = new(2, Duration.FromSeconds(1));
    private readonly ManualTimeProvider _clock = new(Instant.FromUtc(2026, 3, 4, 12, 0));

    [Fact]
    public void Take_BeyondTheRate_SaysHowLongToWait()
    {
        var budget = new RunNowBudget(_clock);

        Assert.Null(budget.Take(new TenantId("a"), TwoASecond));
        Assert.Null(budget.Take(new TenantId("a"), TwoASecond));
        Assert.Equal(Duration.FromMilliseconds(500), budget.Take(new TenantId("a"), TwoASecond));
        Assert.Equal(Duration.FromMilliseconds(500), budget.Take(new TenantId("a"), TwoASecond));
        _clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(Duration.FromMilliseconds(300), budget.Take(new TenantId("a"), TwoASecond));
    }

    [Fact]
    public void Take_OtherTenants_HaveTheirOwn()
    {
        var budget = new RunNowBudget(_clock);
        for (var n = 0; n < 30_000; n++)
            Assert.Null(budget.Take(new TenantId($"t{n}"), TwoASecond));

        Assert.Null(budget.Take(new TenantId("t0"), TwoASecond));
        Assert.NotNull(budget.Take(new TenantId("t0"), TwoASecond));
    }

    [Fact]
    public void Take_ManyTenantsOneAfterTheOther_KeepsOnlyThoseThatMatter()
    {
        var budget = new RunNowBudget(_clock);
        for (var n = 0; n < 100_000; n++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Null(budget.Take(new TenantId($"t{n}"), TwoASecond));
        }

        Assert.InRange(budget.Count, 1, 10_500);
    }

    [Fact]
    public void Take_NewRate_BeginsWithAFullBucket()
    {
        var budget = new RunNowBudget(_clock);
        Assert.Null(budget.Take(new TenantId("a"), new RunRate(1, Duration.FromDays(1))));
        Assert.NotNull(budget.Take(new TenantId("a"), new RunRate(1, Duration.FromDays(1))));

        Assert.Null(budget.Take(new TenantId("a"), TwoASecond));
    }

    [Fact]
    public void Take_EightThreads_NeverMoreThanTheRate()
    {
        var budget = new RunNowBudget(_clock);
        var rate = new RunRate(1_000, Duration.FromDays(1));
        var taken = 0;

        Parallel.For(0, 8, _ =>
        {
            for (var n = 0; n < 1_000; n++)
            {
                if (budget.Take(new TenantId("a"), rate) is null)
                    Interlocked.Increment(ref taken);
            }
        });

        Assert.Equal(1_000, taken);
    }
}
