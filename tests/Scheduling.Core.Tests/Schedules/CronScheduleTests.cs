using NodaTime;
using NodaTime.TimeZones;
using Scheduling.Cron;
using Scheduling.Schedules;

namespace Scheduling.Tests.Schedules;

public class CronScheduleTests
{
    private static readonly Instant Asked = At.Utc("2026-03-28T12:00:00Z");

    [Theory]
    [InlineData("0 6 * * *", "UTC", "2026-03-29T06:00:00Z", "2026-03-28T06:00:00Z")]
    [InlineData("30 2 * * *", "Europe/Paris", "2026-03-29T01:00:00Z", "2026-03-28T01:30:00Z")]
    [InlineData("0 6 * * *", "Asia/Kathmandu", "2026-03-29T00:15:00Z", "2026-03-28T00:15:00Z")]
    [InlineData("0 0 30 2 *", "UTC", null, null)]
    public void NextAndLatest_InTheZone_AreTheEnginesOccurrences(string text, string zone, string? next, string? latest)
    {
        Schedule schedule = Schedule.Cron(text, zone);

        Assert.Equal(At.UtcOrNull(next), schedule.NextAfter(Asked, default));
        Assert.Equal(At.UtcOrNull(latest), schedule.LatestAtOrBefore(Asked, default));
        if (next is not null) Assert.Equal(At.Utc(next), schedule.LatestAtOrBefore(At.Utc(next), default));
    }

    [Fact]
    public void NextAfter_H_DependsOnTheHashAndOnNothingElse()
    {
        Schedule schedule = Schedule.Cron("H H * * *");
        ScheduleContext github = ScheduleContext.For("acme", "github", Asked);
        ScheduleContext gitlab = ScheduleContext.For("acme", "gitlab", Asked);
        Instant first = schedule.NextAfter(Asked, github)!.Value;

        // One object asked for two jobs in turn gives each its own.
        Assert.NotEqual(first, schedule.NextAfter(Asked, gitlab));
        Assert.Equal(first, schedule.NextAfter(Asked, github with { Anchor = Asked - Duration.FromDays(9) }));
        Assert.Equal(first, Schedule.Cron("H H * * *").NextAfter(Asked, github));
        Assert.Equal(
            CronExpression.Parse("H H * * *", new CronOptions { SpreadKey = "acme\u001Fgithub" }).GetNextOccurrence(Asked, DateTimeZone.Utc), first);
    }

    [Fact]
    public void NextAfter_ManyThreadsAndJobs_EachGetsItsOwn()
    {
        Schedule shared = Schedule.Cron("H H * * *", "Europe/Paris");
        ScheduleContext[] jobs = [.. Enumerable.Range(0, 64).Select(i => ScheduleContext.For("acme", $"{i}", Asked))];
        Instant?[] expected = [.. jobs.Select(job => Schedule.Cron("H H * * *", "Europe/Paris").NextAfter(Asked, job))];

        Parallel.For(0, 20_000, i => Assert.Equal(expected[i % 64], shared.NextAfter(Asked, jobs[i % 64])));

        Assert.True(expected.Distinct().Count() > 50);
    }

    [Theory]
    [InlineData("Europe/Pariss", "Europe/Paris")]
    [InlineData("europe/paris", "Europe/Paris")]
    [InlineData("America/New-York", "America/New_York")]
    [InlineData("Paris", "Europe/Paris")]
    [InlineData("Nowhere/At_All_Xyzzy", null)]
    public void NextAfter_UnknownZone_ThrowsWithNearNames(string zone, string? near)
    {
        Schedule schedule = Schedule.Cron("0 6 * * *", zone);

        var fault = Assert.Throws<ScheduleZoneException>(() => schedule.NextAfter(Asked, default));

        Assert.Equal(zone, fault.ZoneId);
        Assert.Equal(near, fault.NearNames.Count == 0 ? null : fault.NearNames[0]);
        Assert.Contains($"'{zone}' is not a known time zone", fault.Message, StringComparison.Ordinal);
        if (near is not null) Assert.Contains($"Did you mean {near}", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ScheduleZoneException>(() => schedule.LatestAtOrBefore(Asked, default));
        Assert.Throws<ScheduleZoneException>(() => schedule.CountSlots(Asked, Asked, default));
        Assert.Throws<ScheduleZoneException>(() => schedule.FirstDue(Asked, null, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Europe/ Paris")]
    [InlineData("Europe/Paris\n")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("A2345678901234567890123456789012345678901234567890123456789012345")]
    public void Cron_ZoneThatCannotBeAnId_IsRefused(string zone) =>
        Assert.Equal("timeZone", Assert.Throws<ArgumentException>(() => Schedule.Cron("0 6 * * *", zone)).ParamName);

    [Theory]
    [InlineData("")]
    [InlineData("0 6 * *")]
    [InlineData("60 * * * *")]
    [InlineData("0 0 6 * * *")]
    public void Cron_BadText_ThrowsTheEnginesError(string text) => Assert.Throws<CronFormatException>(() => Schedule.Cron(text));

    [Fact]
    public void NextAfter_TwoProvidersInTurn_EachIsUsed()
    {
        var fixedZones = new DateTimeZoneCache(new OneZone("Europe/Paris", Offset.FromHours(5)));
        Schedule schedule = Schedule.Cron("0 6 * * *", "Europe/Paris");
        var other = new ScheduleContext { Zones = fixedZones };

        Assert.Equal(At.Utc("2026-03-29T04:00:00Z"), schedule.NextAfter(Asked, default));
        Assert.Equal(At.Utc("2026-03-29T01:00:00Z"), schedule.NextAfter(Asked, other));
        Assert.Equal(At.Utc("2026-03-29T04:00:00Z"), schedule.NextAfter(Asked, default));
    }

    [Fact]
    public void Equals_SameMeaningOtherSpelling_IsEqualButNotWrittenLike()
    {
        Schedule daily = Schedule.Cron("@daily");
        Schedule spelled = Schedule.Cron("0 0 * * *");

        Assert.Equal(daily, spelled);
        Assert.Equal(daily.GetHashCode(), spelled.GetHashCode());
        Assert.False(daily.IsWrittenLike(spelled));
        Assert.True(daily.IsWrittenLike(Schedule.Cron("@daily")));
        Assert.NotEqual(daily, Schedule.Cron("@daily", "Europe/Paris"));
        Assert.NotEqual(daily, Schedule.Cron("0 1 * * *"));
        Assert.NotEqual(daily, daily.WithSpread(Duration.FromHours(1)));
        Assert.NotEqual(Schedule.Cron("H 0 * * *"), spelled);
        Assert.False(daily.IsWrittenLike(null));
    }

    [Fact]
    public void Equals_AfterBeingAsked_StillEqual()
    {
        Schedule asked = Schedule.Cron("0 6 * * *", "Europe/Paris");
        asked.NextAfter(Asked, default);

        Assert.Equal(Schedule.Cron("0 6 * * *", "Europe/Paris"), asked);
    }

    [Fact]
    public void HasSameKind_DecidesWhetherTheAnchorStays()
    {
        Assert.True(Schedule.Polling(PollingInterval.Disabled).HasSameKind(Schedule.Polling(PollingInterval.OneWeek, 1, 2)));
        Assert.True(Schedule.Interval(Duration.FromHours(1)).HasSameKind(Schedule.Interval(Duration.FromHours(2))));
        Assert.False(Schedule.Interval(Duration.FromHours(1)).HasSameKind(Schedule.Polling(PollingInterval.OneHour)));
    }

    [Fact]
    public void CountSlots_MatchesWalking()
    {
        Schedule schedule = Schedule.Cron("*/20 0-5 * * *", "Europe/Paris");
        Instant last = Asked + Duration.FromDays(3);

        // Sunday has no hour from 2 to 3: its three times fall on 03:00, which is one of the expression's own.
        Assert.Equal(18 + 15 + 18, schedule.CountSlots(Asked, last, default));
        Assert.Equal(51, schedule.Slots(Asked, last, default).Count());
        Assert.Equal(7, schedule.CountSlots(Asked, last, default, limit: 7));
        Assert.Equal(schedule.Slots(Asked, last, default).Reverse(), schedule.SlotsDescending(Asked, last, default));
    }

    private sealed class OneZone(string id, Offset offset) : IDateTimeZoneSource
    {
        public string VersionId => "test";

        public IEnumerable<string> GetIds() => [id];

        public DateTimeZone ForId(string asked) => DateTimeZone.ForOffset(offset);

        public string? GetSystemDefaultId() => null;
    }
}
