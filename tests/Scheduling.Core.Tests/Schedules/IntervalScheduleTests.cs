using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

public class IntervalScheduleTests
{
    private static ScheduleContext Epoch => default;

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_000_000)]
    [InlineData(999_999_999)]
    [InlineData(1_500_000_000)]
    [InlineData(60_000_000_001)]
    [InlineData(long.MinValue)]
    public void Interval_NotWholeSecondsFromOne_IsRefused(long nanoseconds)
    {
        var refused = Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Interval(Duration.FromNanoseconds(nanoseconds)));

        Assert.Equal("every", refused.ParamName);
        Assert.Contains("whole seconds, at least 1", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "2026-03-04T15:30:20Z", "2026-03-04T15:30:20Z", "2026-03-04T15:30:21Z")]
    [InlineData(1, "2026-03-04T15:30:20Z", "2026-03-04T15:30:20.000000001Z", "2026-03-04T15:30:21Z")]
    [InlineData(1, "2026-03-04T15:30:20Z", "2026-03-04T15:30:20.999999999Z", "2026-03-04T15:30:21Z")]
    [InlineData(3600, "2026-03-04T15:30:20Z", "2026-03-04T15:30:19.999999999Z", "2026-03-04T15:30:20Z")]
    [InlineData(3600, "2026-03-04T15:30:20Z", "2026-03-04T15:30:20Z", "2026-03-04T16:30:20Z")]
    [InlineData(3600, "2026-03-04T15:30:20.9Z", "2026-03-04T15:30:20Z", "2026-03-04T16:30:20Z")]
    [InlineData(3600, "2026-03-04T15:30:20Z", "2020-01-01T00:00:00Z", "2020-01-01T00:30:20Z")]
    [InlineData(3600, "2026-03-04T15:30:20Z", "1969-12-31T23:59:59Z", "1970-01-01T00:30:20Z")]
    [InlineData(86400, "1969-12-31T23:59:59Z", "1969-12-30T23:59:58.5Z", "1969-12-30T23:59:59Z")]
    [InlineData(7, "0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "9999-12-31T00:00:04Z")]
    public void NextAfter_BeforeAndAfterTheAnchor_LiesOnTheGrid(long seconds, string anchor, string after, string expected)
    {
        var context = new ScheduleContext { Anchor = At.Utc(anchor) };

        Assert.Equal(At.Utc(expected), Schedule.Interval(Duration.FromSeconds(seconds)).NextAfter(At.Utc(after), context));
    }

    [Theory]
    [InlineData(int.MaxValue, "6053-01-23T02:07:00Z")]
    [InlineData(10_000_000, "1989-01-05T10:40:00Z")]
    public void NextAfter_VeryLongInterval_IsExact(int minutes, string expected)
    {
        Schedule schedule = Schedule.Interval(Duration.FromMinutes((long)minutes));

        Assert.Equal(At.Utc(expected), schedule.NextAfter(NodaConstants.UnixEpoch, Epoch));
        Assert.Equal(NodaConstants.UnixEpoch, schedule.LatestAtOrBefore(At.Utc(expected) - Duration.Epsilon, Epoch));
    }

    [Fact]
    public void NextAfter_PastTheEndOfTime_IsNever()
    {
        Schedule longest = Schedule.Interval(Duration.FromMinutes((long)int.MaxValue));
        Instant last = longest.LatestAtOrBefore(Instant.MaxValue, Epoch)!.Value;

        Assert.Equal(NodaConstants.UnixEpoch + Duration.FromMinutes((long)int.MaxValue), last);
        Assert.Null(longest.NextAfter(last, Epoch));
        Assert.Null(longest.NextAfter(Instant.MaxValue, Epoch));
        Assert.Null(Schedule.Interval(Duration.FromSeconds(1)).NextAfter(Instant.MaxValue, Epoch));
    }

    [Fact]
    public void EndsOfTime_LongestPeriodAndFarthestAnchor_DoNotOverflow()
    {
        Duration longest = Duration.FromSeconds((long)Duration.MaxValue.TotalSeconds - 1);
        foreach (Instant anchor in new[] { Instant.MinValue, NodaConstants.UnixEpoch, Instant.MaxValue })
        {
            var context = new ScheduleContext { Anchor = anchor };
            foreach (Schedule schedule in new[] { Schedule.Interval(longest), Schedule.Interval(Duration.FromSeconds(1)) })
            {
                // The anchor's own second lies on the grid and within time, so there is a slot, and the two ends agree on it.
                Instant last = schedule.LatestAtOrBefore(Instant.MaxValue, context)!.Value;
                Assert.Null(schedule.NextAfter(last, context));
                if (last > Instant.MinValue) Assert.Equal(last, schedule.NextAfter(last - Duration.Epsilon, context));
                Assert.True(schedule.CountSlots(Instant.MinValue, Instant.MaxValue, context) >= 1);
                Assert.True(schedule.NextAfter(Instant.MinValue, context) is not { } next || next > Instant.MinValue);
                Assert.True(schedule.LatestAtOrBefore(Instant.MinValue, context) is not { } first || first == Instant.MinValue);
            }
        }
    }

    [Fact]
    public void NextAfter_TenYearsOfMinutes_DoesNotDrift()
    {
        Instant anchor = At.Utc("2026-03-04T15:30:20Z");
        var context = new ScheduleContext { Anchor = anchor };
        Schedule schedule = Schedule.Interval(Duration.FromMinutes(30));
        Instant slot = anchor;
        for (int i = 0; i < 175_320; i++) slot = schedule.NextAfter(slot + Duration.FromMilliseconds(i % 1_000), context)!.Value;

        Assert.Equal(anchor + Duration.FromMinutes(30 * 175_320L), slot);
    }

    [Theory]
    [InlineData("2026-03-04T00:00:00Z", "2026-03-04T01:00:00Z", long.MaxValue, 5)]
    [InlineData("2026-03-04T00:00:00Z", "2026-03-04T00:59:59.999999999Z", long.MaxValue, 4)]
    [InlineData("2026-03-04T00:00:00.000000001Z", "2026-03-04T01:00:00Z", long.MaxValue, 4)]
    [InlineData("2026-03-04T00:00:00Z", "2026-03-04T00:00:00Z", long.MaxValue, 1)]
    [InlineData("2026-03-04T00:00:01Z", "2026-03-04T00:00:00Z", long.MaxValue, 0)]
    [InlineData("2026-03-04T00:00:00Z", "2026-03-04T01:00:00Z", 3, 3)]
    [InlineData("2026-03-04T00:00:00Z", "2026-03-04T01:00:00Z", 0, 0)]
    public void CountSlots_BothEndsIncluded_StopsAtTheLimit(string first, string last, long limit, long expected) =>
        Assert.Equal(expected, Schedule.Interval(Duration.FromMinutes(15)).CountSlots(At.Utc(first), At.Utc(last), Epoch, limit));

    [Fact]
    public void CountSlots_NegativeLimit_IsRefused() =>
        Assert.Equal("limit", Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Manual.CountSlots(default, default, Epoch, -1)).ParamName);
}
