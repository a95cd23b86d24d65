using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduling.Schedules;
using Scheduling.Storage;
using Scheduling.TestKit;

namespace Scheduling.Hosting.Tests;

/// <summary>A node whose wall clock is wrong says so once, and nothing else comes of it (fault A30).</summary>
public class ClockSkewTests
{
    private const int ClockSkewed = 305;
    private const int ClockAgrees = 306;
    private const string Gauge = "scheduling.clock.skew";

    [Theory]
    [InlineData(600, 1)]
    [InlineData(-600, 1)]
    [InlineData(5, 1)]
    [InlineData(-5, 1)]
    [InlineData(2, 0)]
    [InlineData(-1.5, 0)]
    public async Task Node_WithAWrongClock_SaysSoOncePerEpisodeAndRunsOnTime(double seconds, int episodes)
    {
        var logs = new LogSink();
        await using var harness = new SchedulingHarness(s =>
        {
            s.Services.AddSingleton<ILoggerProvider>(logs).AddMetrics();
            s.AddExecutor("x", static (_, _) => default);
        });
        await harness.ForTenant("acme").CreateAsync(new JobDefinition { Key = "job", Executor = "x", Schedule = Schedule.Interval(Duration.FromMinutes(1)) });
        await harness.AdvanceByAsync(Duration.FromMinutes(3));
        Assert.Equal(0, logs.CountOf(ClockSkewed));
        using var meter = new MeterReader(harness.Nodes[0].Services);

        for (var episode = 1; episode <= 2; episode++)
        {
            harness.SkewClock(harness.Nodes[0], Duration.FromSeconds(seconds));
            await harness.AdvanceByAsync(Duration.FromMinutes(10));
            meter.Collect();
            Assert.Equal(seconds, meter.Of(Gauge)[^1].Value, 0.001);
            Assert.Equal((episode * episodes, (episode - 1) * episodes), (logs.CountOf(ClockSkewed), logs.CountOf(ClockAgrees)));
            if (episodes > 0)
                Assert.Equal(TimeSpan.FromSeconds(seconds), logs.Lines.Last(static line => line.EventId == ClockSkewed).Values["Skew"]);

            harness.SkewClock(harness.Nodes[0], Duration.Zero);
            await harness.AdvanceByAsync(Duration.FromMinutes(10));
            Assert.Equal((episode * episodes, episode * episodes), (logs.CountOf(ClockSkewed), logs.CountOf(ClockAgrees)));
        }
        (await harness.RecordAsync("acme", "job")).MissedNothing().SkippedNothing();
    }

    [Fact]
    public async Task Gauge_BeforeTheFirstClaim_HasNoValue()
    {
        await using var host = TestHost.Create();
        using var meter = new MeterReader(host.Services);
        _ = host.Engine;

        meter.Collect();

        Assert.Empty(meter.Of(Gauge));
        Assert.Single(meter.Of("scheduling.place.free"));
    }

    /// <summary>What is seen, after how long a call, with whether it is an alarm afterwards: a slow call shows less than a quick one.</summary>
    [Theory]
    [InlineData(3, 0, true)]
    [InlineData(-3, 0, true)]
    [InlineData(3, 1, true)]
    [InlineData(3, 2, false)]
    [InlineData(2, 0, false)]
    [InlineData(10, 20, false)]
    public void Look_AfterALongCall_NeedsMoreThanItsDoubt(int ahead, int elapsed, bool isAlarm)
    {
        var time = new ManualTimeProvider(TestHost.Begin);
        var clock = new ClockSkew(time);

        var change = clock.Look(Answer(ahead, elapsed), Duration.FromSeconds(elapsed), out var skew);

        Assert.Equal((isAlarm ? true : (bool?)null, Duration.FromSeconds(ahead)), (change, skew));
        Assert.Equal(skew, clock.Last);
    }

    /// <summary>The clock wavers about the alarm and about its end.</summary>
    [Fact]
    public void Look_ClockThatWavers_ChangesOnce()
    {
        var clock = new ClockSkew(new ManualTimeProvider(TestHost.Begin));
        double[] ahead = [1.9, 2.1, 1.9, 2.1, 1.1, 1.5, 1.0, 1.1, 1.9, 2.0];

        var changes = ahead.Select(seconds => clock.Look(Answer(seconds, 0), Duration.Zero, out _)).ToList();

        Assert.Equal([null, true, null, null, null, null, false, null, null, null], changes);
    }

    /// <summary>An answer whose store looked at its clock in the middle of the call.</summary>
    private static ClaimResponse Answer(double ahead, double elapsed)
    {
        var storeNow = TestHost.Begin - Duration.FromSeconds(ahead + (elapsed / 2));
        return new ClaimResponse { StoreNow = storeNow, Runs = [], LeaseUntil = storeNow };
    }
}
