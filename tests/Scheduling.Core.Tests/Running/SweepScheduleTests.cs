using NodaTime;
using Scheduling.Running;
using Scheduling.Storage;
using Scheduling.Testing;

namespace Scheduling.Tests.Running;

/// <summary>When housekeeping comes next, by what the last round could do.</summary>
public class SweepScheduleTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 0, 0);

    public static TheoryData<string, int, int, int, int> Rounds => new()
    {
        // what, reclaimed, seconds until leases are trusted, seconds of the store's now beyond the bound, seconds until the next round
        { "nothing to do", 0, 0, 0, 300 },
        { "orphans were there", 2, 0, 0, 10 },
        { "leases are not trusted yet", 0, 4, 0, 4 },
        { "leases are not trusted for long", 0, 25, 0, 10 },
        { "the store's clock was later than it could be", 0, 0, 1, 10 },
        { "the store's clock was just as late as it could be", 0, 0, 0, 300 },
    };

    [Theory]
    [MemberData(nameof(Rounds))]
    public void Swept_ByWhatTheRoundCouldDo_NextRoundComes(string what, int reclaimed, int untilTrusted, int beyond, int expected)
    {
        var time = new ManualTimeProvider(Start);
        var clock = new MonotonicClock(time);
        var schedule = new SweepSchedule(new EngineOptions(), clock);
        var response = new SweepResponse { StoreNow = Start + Duration.FromSeconds(beyond), Reclaimed = reclaimed, Zones = "2026a" };

        schedule.Swept(response, Duration.FromSeconds(untilTrusted), clockBound: Start);

        Assert.True(clock.Between(clock.Now, schedule.Next) == Duration.FromSeconds(expected), $"{what}: {clock.Between(clock.Now, schedule.Next)}");
    }
}
