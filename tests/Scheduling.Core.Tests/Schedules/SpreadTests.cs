using System.Numerics;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

/// <summary>
/// Where the hash puts a job. The vectors were computed by a separate program from the definition (FNV-1a 64 over the UTF-8 of tenant, U+001F and key; finalizer of SplitMix64;
/// high 64 bits of hash times window) and stay the same within a major version: a job that moves in its window after an upgrade is a broken promise.
/// </summary>
public class SpreadTests
{
    private static readonly Instant Anchor = At.Utc("2026-03-04T15:30:20Z");
    private static readonly string T128 = new('t', 128);
    private static readonly string K128 = new('k', 128);

    [Theory]
    [InlineData("acme", "github", 0x056E7C0DDA37D5F7UL, 70016L, 1833158L)]
    [InlineData("acme", "gitlab", 0x6F85D049DBD24C45UL, 1437597L, 37638914L)]
    [InlineData("globex", "github", 0x97C6B854F9AB603EUL, 1956490L, 51224484L)]
    [InlineData("a", "b", 0x4B8CA78E7BAAD7ADUL, 973879L, 25497933L)]
    [InlineData("ab", "", 0xE221FD9FE0F84220UL, 2914992L, 76319811L)]
    [InlineData("tenant-000001", "job-000001", 0xAF81864E8241D714UL, 2262381L, 59233260L)]
    [InlineData("Zürich", "Straße", 0x0FE72EBB6FE774EDUL, 205000L, 5367281L)]
    [InlineData("東京", "日報", 0xE08D6B514F39C90CUL, 2894621L, 75786441L)]
    [InlineData("😀", "🚀", 0x5FC3624E1F6CDF1BUL, 1234447L, 32320086L)]
    public void SpreadOf_CommittedVectors_AreStable(string tenant, string key, ulong hash, long inHour, long inDay)
    {
        ScheduleContext context = ScheduleContext.For(tenant, key, Anchor);

        Assert.Equal(hash, context.SpreadHash);
        Assert.Equal(Duration.FromMilliseconds(inHour), Schedule.Polling(PollingInterval.OneDay, hour: 4).SpreadOf(context));
        Assert.Equal(Duration.FromMilliseconds(inDay), Schedule.Interval(Duration.FromDays(2)).WithSpread(Duration.FromDays(1)).SpreadOf(context));
    }

    [Fact]
    public void SpreadOf_LongestNames_AreStable()
    {
        ScheduleContext context = ScheduleContext.For(T128, K128, Anchor);

        Assert.Equal(0x9160BA46C0E2216AUL, context.SpreadHash);
        Assert.Equal(Duration.FromMilliseconds(1_874_011), Schedule.Polling(PollingInterval.OneDay, hour: 4).SpreadOf(context));
    }

    [Fact]
    public void StartOf_PinnedHour_LiesInTheFirst55MinutesAndUsesAllOfThem()
    {
        Schedule schedule = Schedule.Polling(PollingInterval.OneDay, hour: 23);
        Instant slot = At.Utc("2026-03-07T23:00:00Z");
        var buckets = new int[55];
        for (int i = 0; i < 55_000; i++)
        {
            Duration offset = schedule.StartOf(slot, ScheduleContext.For("acme", $"job-{i}", Anchor)) - slot;
            Assert.InRange(offset, Duration.Zero, Duration.FromSeconds(3300) - Duration.FromMilliseconds(1));
            buckets[(int)offset.TotalMinutes]++;
        }

        // A thousand to a minute, by chance ±32; five of these is far out for an even hash and near for a bad one.
        Assert.All(buckets, static count => Assert.InRange(count, 840, 1_160));
    }

    [Theory]
    [InlineData(0UL, 0L)]
    [InlineData(ulong.MaxValue, 3_299_999L)]
    public void SpreadOf_PinnedHourAtTheEndsOfTheHash_StaysInside(ulong hash, long milliseconds) =>
        Assert.Equal(Duration.FromMilliseconds(milliseconds), Schedule.Polling(PollingInterval.OneWeek, 0, 0).SpreadOf(new ScheduleContext { SpreadHash = hash }));

    [Theory]
    [InlineData(PollingInterval.FourHours, 3, null)]
    [InlineData(PollingInterval.OneDay, null, 3)]
    [InlineData(PollingInterval.OneWeek, null, 3)]
    [InlineData(PollingInterval.OneWeek, null, null)]
    public void SpreadOf_NoHourApplied_IsZero(PollingInterval interval, int? hour, int? dayOfWeek) =>
        Assert.Equal(Duration.Zero, Schedule.Polling(interval, hour, dayOfWeek).SpreadOf(new ScheduleContext { SpreadHash = ulong.MaxValue }));

    [Fact]
    public void SpreadOf_ExplicitSpreadOnPinnedHour_ReplacesIt()
    {
        Schedule schedule = Schedule.Polling(PollingInterval.OneDay, hour: 0).WithSpread(Duration.FromMinutes(10));

        Assert.Equal(Duration.FromMilliseconds(599_999), schedule.SpreadOf(new ScheduleContext { SpreadHash = ulong.MaxValue }));
    }

    [Fact]
    public void SpreadOf_ExplicitSpreadLongerThanTheHour_IsCutToIt()
    {
        Schedule schedule = Schedule.Polling(PollingInterval.OneDay, hour: 0).WithSpread(Duration.FromHours(20));

        Assert.Equal(Duration.FromMilliseconds(3_299_999), schedule.SpreadOf(new ScheduleContext { SpreadHash = ulong.MaxValue }));
        Assert.Equal(Duration.FromHours(20), schedule.Spread);
    }

    [Theory]
    [InlineData("2026-03-04T15:30:20Z", 30_279_999L)]
    [InlineData("2026-03-04T23:56:00Z", 0L)]
    [InlineData("2026-03-04T23:54:59Z", 999L)]
    [InlineData("2026-03-04T00:00:00Z", 86_099_999L)]
    public void SpreadOf_ExplicitSpreadOnPinnedDay_StaysInThatDay(string anchor, long milliseconds)
    {
        Schedule schedule = Schedule.Polling(PollingInterval.OneWeek, dayOfWeek: 3).WithSpread(Duration.FromDays(7));
        var context = new ScheduleContext { Anchor = At.Utc(anchor), SpreadHash = ulong.MaxValue };
        Instant slot = schedule.NextAfter(context.Anchor, context)!.Value;

        Assert.Equal(Duration.FromMilliseconds(milliseconds), schedule.SpreadOf(context));
        Assert.True(schedule.StartOf(slot, context) < schedule.WindowEnd(slot));
    }

    public static TheoryData<string, Schedule, Duration> LongestSpreads() => new()
    {
        { "polling", Schedule.Polling(PollingInterval.FourHours), Duration.FromHours(4) },
        { "week", Schedule.Polling(PollingInterval.OneWeek), Duration.FromDays(7) },
        { "interval", Schedule.Interval(Duration.FromSeconds(90)), Duration.FromSeconds(90) },
        { "once", Schedule.Once(Anchor), Duration.FromDays(1) },
        { "manual", Schedule.Manual, Duration.FromDays(1) },
        { "cron", Schedule.Cron("0 0 1 * *"), Duration.FromDays(1) },
    };

    [Theory]
    [MemberData(nameof(LongestSpreads))]
    public void WithSpread_UpToThePeriod_IsKeptAndMoreIsRefused(string name, Schedule schedule, Duration longest)
    {
        Assert.NotEmpty(name);
        Assert.Equal(longest, schedule.WithSpread(longest).Spread);
        Assert.Null(schedule.WithSpread(longest).WithSpread(null).Spread);
        Assert.Equal(schedule, schedule.WithSpread(longest).WithSpread(null));
        Assert.NotEqual(schedule, schedule.WithSpread(longest));
        foreach (Duration wrong in new[]
                 {
                     longest + Duration.FromMilliseconds(1), Duration.Zero, Duration.FromMilliseconds(-1), Duration.FromNanoseconds(1), Duration.FromMilliseconds(1) + Duration.Epsilon,
                 })
        {
            Assert.Equal("spread", Assert.Throws<ArgumentOutOfRangeException>(() => schedule.WithSpread(wrong)).ParamName);
        }
    }

    [Fact]
    public void FirstDue_HourZeroCreatedTwentyPast_RunsTodayAtItsMinute37()
    {
        // The smallest hash whose offset in 55 minutes is 37.
        ulong hash = (ulong)(((BigInteger)2_220_000 << 64) / 3_300_000) + 1;
        Schedule schedule = Schedule.Polling(PollingInterval.OneDay, hour: 0);
        Instant created = At.Utc("2026-03-04T00:20:00Z");
        var context = new ScheduleContext { Anchor = schedule.AnchorFor(created), SpreadHash = hash };

        Instant slot = schedule.FirstDue(created, schedule.InitialLastSlot(created), context)!.Value;

        Assert.Equal(At.Utc("2026-03-04T00:00:00Z"), slot);
        Assert.Equal(At.Utc("2026-03-04T00:37:00Z"), schedule.StartOf(slot, context));
    }
}
