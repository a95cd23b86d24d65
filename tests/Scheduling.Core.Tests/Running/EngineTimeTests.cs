using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Tests.Running;

/// <summary>When the engine starts what, in virtual time.</summary>
public class EngineTimeTests
{
    private static readonly Instant Start = EngineHarness.Start;

    [Fact]
    public async Task Interval_TenHours_RunsAtEverySlotAndNeverEarly()
    {
        await using var harness = new EngineHarness();
        harness.AddNode();
        await harness.Acme.CreateAsync(new JobDefinition { Key = "hourly", Executor = "work", Schedule = Schedule.Interval(Duration.FromHours(1)) });

        await harness.RunForAsync(Duration.FromHours(10));

        Assert.Equal(Enumerable.Range(1, 10).Select(h => (Instant?)(Start + Duration.FromHours(h))), harness.Runs.Select(r => r.ScheduledFor));
        Assert.All(harness.Runs, run => Assert.Equal(run.DueAt, run.StartedAt));
    }

    [Fact]
    public async Task DueInManyDays_NoWaitIsLongAndTheRunIsOnTime()
    {
        await using var harness = new EngineHarness();
        var node = harness.AddNode();
        int[] days = [25, 50, 400];
        foreach (var day in days)
            await harness.Acme.CreateAsync(new JobDefinition { Key = $"in-{day}", Executor = "work", Schedule = Schedule.Once(Start + Duration.FromDays(day)) });

        foreach (var day in days)
        {
            await harness.RunForAsync(Duration.FromHours(1));
            Assert.InRange(node.LastWait, Duration.Zero, Duration.FromSeconds(60));
            harness.Clock.AdvanceTo(Start + Duration.FromDays(day) - Duration.FromMinutes(1));
            await harness.RunForAsync(Duration.FromMinutes(2));
        }

        Assert.Equal(days.Select(d => Duration.FromDays(d)), harness.Runs.Select(r => r.StartedAt - Start));
        Assert.All(harness.Clock.RequestedDelays, delay => Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromMilliseconds(int.MaxValue)));
    }

    [Fact]
    public async Task EveryMinute_ThreeDaysDown_RunsOnceWithTheRestCounted()
    {
        await using var harness = new EngineHarness(Start + Duration.FromSeconds(1));
        await harness.Acme.CreateAsync(new JobDefinition { Key = "minutely", Executor = "work", Schedule = Schedule.Cron("* * * * *") });
        harness.Clock.Advance(TimeSpan.FromDays(3) + TimeSpan.FromSeconds(30));
        harness.AddNode();

        await harness.SettleAsync();

        var run = Assert.Single(harness.Runs);
        Assert.Equal(Start + Duration.FromDays(3), run.ScheduledFor);
        Assert.Equal(4_319, run.MissedCount);
    }

    [Fact]
    public async Task WallClockTwoHoursBack_NothingRunsTwice()
    {
        await using var harness = new EngineHarness();
        harness.AddNode();
        await harness.Acme.CreateAsync(new JobDefinition { Key = "minutely", Executor = "work", Schedule = Schedule.Cron("* * * * *") });
        await harness.RunForAsync(Duration.FromMinutes(10));

        harness.Clock.Jump(TimeSpan.FromHours(-2));
        await harness.RunForAsync(Duration.FromMinutes(130));

        var slots = harness.Runs.Select(r => r.ScheduledFor).ToList();
        Assert.Equal(slots.Distinct(), slots);
        Assert.Equal(slots.Order(), slots);
    }

    [Fact]
    public async Task WallClockOneHourForward_OneCatchUpNotSixty()
    {
        await using var harness = new EngineHarness(Start + Duration.FromSeconds(1));
        harness.AddNode();
        await harness.Acme.CreateAsync(new JobDefinition { Key = "minutely", Executor = "work", Schedule = Schedule.Cron("* * * * *") });
        await harness.RunForAsync(Duration.FromSeconds(90));

        harness.Clock.Jump(TimeSpan.FromHours(1));
        await harness.RunForAsync(Duration.FromSeconds(40));

        // The second run covers the hour that the clock skipped.
        Assert.Equal([0L, 60L], harness.Runs.Take(2).Select(r => r.MissedCount));
        Assert.Equal(2, harness.Runs.Count);
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(-20)]
    [InlineData(20)]
    [InlineData(300)]
    public async Task ClockSteppedAroundEachSecond_NeverEarlyNeverTwice(int milliseconds)
    {
        await using var harness = new EngineHarness();
        harness.AddNode();
        await harness.Acme.CreateAsync(new JobDefinition { Key = "secondly", Executor = "work", Schedule = Schedule.Cron("* * * * * *", format: Cron.CronFormat.IncludeSeconds) });
        for (var second = 0; second < 200; second++)
        {
            await harness.RunForAsync(Duration.FromMilliseconds(990));
            harness.Clock.Jump(TimeSpan.FromMilliseconds(second % 2 == 0 ? milliseconds : -milliseconds));
            await harness.RunForAsync(Duration.FromMilliseconds(10));
        }

        Assert.All(harness.Runs, run => Assert.True(run.StartedAt >= run.ScheduledFor, $"{run.ScheduledFor} started at {run.StartedAt}"));
        var slots = harness.Runs.Select(r => r.ScheduledFor).ToList();
        Assert.Equal(slots.Distinct().Order(), slots);
        Assert.InRange(slots.Count, 190, 201);
    }

    [Fact]
    public async Task CronEditedWhileDue_NoImmediateRunOfTheNewSchedule()
    {
        await using var harness = new EngineHarness();
        await harness.Acme.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Cron("0 1 * * *") });
        harness.Clock.Advance(TimeSpan.FromHours(1.5));

        await harness.Acme.UpdateAsync("job", new JobChange { Schedule = Schedule.Cron("0 2 * * *") });
        harness.AddNode();
        await harness.RunForAsync(Duration.FromHours(1));

        Assert.Equal(Start + Duration.FromHours(2), Assert.Single(harness.Runs).ScheduledFor);
        var missed = Assert.Single(await harness.HistoryAsync("job"), e => e.Status == ExecutionStatus.Missed);
        Assert.Equal((ExecutionReason.Edited, Start + Duration.FromHours(1)), (missed.Reason, missed.ScheduledFor));
    }

    [Fact]
    public async Task RunAll_ThreeMissed_RunsThemInOrderOneAfterTheOther()
    {
        await using var harness = new EngineHarness();
        await harness.Acme.CreateAsync(new JobDefinition { Key = "hourly", Executor = "work", Schedule = Schedule.Interval(Duration.FromHours(1)), Misfire = MisfirePolicy.RunAll() });
        harness.Clock.Advance(TimeSpan.FromHours(3.5));
        harness.AddNode();

        await harness.SettleAsync();

        Assert.Equal(Enumerable.Range(1, 3).Select(h => (Instant?)(Start + Duration.FromHours(h))), harness.Runs.Select(r => r.ScheduledFor));
        Assert.Equal([1L, 2L, 3L], harness.Runs.Select(r => r.Token));
    }
}
