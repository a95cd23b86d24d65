using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using static Scheduling.Core.Tests.Planning.EditCase;

namespace Scheduling.Core.Tests.Planning;

public class JobCreationTests
{
    public static TheoryData<string, Schedule, string, string> FirstRuns => new()
    {
        { "interval: one period later", Schedule.Interval(Duration.FromHours(1)), "04T12:20:30", "04T13:20:30" },
        { "unpinned polling: one interval later", Schedule.Polling(PollingInterval.OneDay), "04T12:20:30", "05T12:20:30" },
        { "kept hour does not pin", Schedule.Polling(PollingInterval.FourHours, hour: 3), "04T12:20:30", "04T16:20:30" },
        { "unpinned week", Schedule.Polling(PollingInterval.OneWeek), "04T12:20:30", "11T12:20:30" },
        { "week on its day", Schedule.Polling(PollingInterval.OneWeek, dayOfWeek: 0), "04T12:20:30", "08T12:20:30" },
        { "cron: the next one", Schedule.Cron("0 0 * * *"), "04T12:20:30", "05T00:00" },
        { "cron: this very second", Schedule.Cron("20 12 * * *"), "04T12:20:00", "04T12:20" },
        { "once ahead", Schedule.Once(March.At("09T00:00")), "04T12:20:30", "09T00:00" },
        { "once in the past is due now", Schedule.Once(March.At("01T00:00")), "04T12:20:30", "01T00:00" },
    };

    [Theory]
    [MemberData(nameof(FirstRuns))]
    public void Create_ActiveJob_FirstRunIsPlanned(string name, Schedule schedule, string at, string firstRun)
    {
        Assert.NotEmpty(name);
        var job = Made(schedule, at);

        Assert.Equal((March.At(firstRun), March.At(firstRun), JobState.Active, 1L), (job.NextSlot, job.NextRunAt, job.State, job.Version));
        Assert.Equal((March.At(at), March.At(at)), (job.CreatedAt, job.UpdatedAt));
    }

    [Fact]
    public void Create_PinnedHour_StartsWithinTheHourByItsKey()
    {
        var job = Made(Schedule.Polling(PollingInterval.OneDay, hour: 0), "04T12:20:30");

        // acme/github lies 70,016 ms into the 55 minutes: a committed vector.
        Assert.Equal(March.At("05T00:00"), job.NextSlot);
        Assert.Equal(March.At("05T00:01:10.016"), job.NextRunAt);
    }

    [Fact]
    public void Create_PinnedHourWhoseStartIsAhead_RunsToday() =>
        Assert.Equal(March.At("04T00:01:10.016"), Made(Schedule.Polling(PollingInterval.OneDay, hour: 0), "04T00:00:50").NextRunAt);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Create_ManualOrDisabled_IsActiveWithoutANextRun(bool disabled)
    {
        var job = Made(disabled ? Schedule.Polling(PollingInterval.Disabled, hour: 0) : Schedule.Manual, "04T12:00");

        Assert.Equal((JobState.Active, null, null), (job.State, job.NextSlot, job.NextRunAt));
    }

    [Fact]
    public void Create_Inactive_IsPausedFromTheStart()
    {
        var job = Made(Definition(Schedule.Interval(Duration.FromHours(1))) with { Active = false }, "04T12:00");

        Assert.False(job.Active);
        Assert.Equal((JobState.Paused, null, March.At("04T12:00")), (job.State, job.NextRunAt, job.Pause!.Since));
        Assert.Equal("v2; Skipped(Paused) 04T13:00..04T15:00 x3; Active; next 04T16:00", job.Resume("04T15:30").Text());
    }

    [Fact]
    public void Create_WithoutKey_KeyIsTheId()
    {
        var job = Made(Definition(Schedule.Manual) with { Key = null }, "04T12:00");

        Assert.Equal(job.Id.ToString(), job.Key);
    }

    [Fact]
    public void Create_AnchorGiven_IsFlooredAndTheGridRunsThroughIt()
    {
        var job = Made(Definition(Schedule.Interval(Duration.FromHours(1))) with { Anchor = March.At("20T09:45:10.9") }, "04T12:20");

        Assert.Equal(March.At("20T09:45:10"), job.Anchor);
        Assert.Equal(March.At("04T12:45:10"), job.NextRunAt);
    }

    public static TheoryData<string, Schedule> NeverFires => new()
    {
        { "30 February", Schedule.Cron("0 0 30 2 *") },
        { "31 of short months", Schedule.Cron("0 0 31 4,6,9,11 *") },
    };

    [Theory]
    [MemberData(nameof(NeverFires))]
    public void Create_ScheduleThatNeverFires_IsRefused(string name, Schedule schedule)
    {
        Assert.NotEmpty(name);
        var refused = Assert.Throws<SchedulingValidationException>(() => Made(schedule, "04T12:00"));

        Assert.Equal("schedule", Assert.Single(refused.Errors).Field);
    }

    [Fact]
    public void Create_UnknownZone_IsRefusedWithTheNearName()
    {
        var refused = Assert.Throws<SchedulingValidationException>(() => Made(Schedule.Cron("0 0 * * *", "Europe/Pariss"), "04T12:00"));

        var error = Assert.Single(refused.Errors);
        Assert.Equal(("schedule.timeZone", "Europe/Pariss", "Europe/Paris"), (error.Field, error.Given, error.Suggestion));
    }

    [Fact]
    public void Create_ManyMistakes_EveryOneIsNamed()
    {
        var definition = new JobDefinition
        {
            Key = " outer ",
            Executor = "",
            Schedule = Schedule.Cron("0 0 30 2 *"),
            Name = new string('n', 257),
            Description = "half a pair \uD800",
            SpreadKey = "tab\t",
            Timeout = Duration.Zero,
            Overlap = (OverlapPolicy)9,
            Orphans = (OrphanPolicy)7,
            Misfire = null!,
            Retry = null!,
        };

        var refused = Assert.Throws<SchedulingValidationException>(() => Made(definition, "04T12:00"));

        string[] fields = ["description", "executor", "key", "misfire", "name", "orphans", "overlap", "retry", "schedule", "spreadKey", "timeout"];
        Assert.Equal(fields, refused.Errors.Select(error => error.Field).Order(StringComparer.Ordinal).ToArray());
        Assert.All(refused.Errors, error => Assert.Contains(error.Field, error.Message, StringComparison.Ordinal));
        Assert.Contains("11 problems", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WithoutSchedule_IsRefused() =>
        Assert.Equal("schedule", Assert.Single(Assert.Throws<SchedulingValidationException>(() => Made(Definition(null!), "04T12:00")).Errors).Field);

    [Theory]
    [InlineData(1L, true)]
    [InlineData(31_536_000_000L, true)]
    [InlineData(31_536_000_001L, false)]
    [InlineData(-1L, false)]
    public void Create_Timeout_IsMoreThanZeroAndAtMostAYear(long milliseconds, bool allowed)
    {
        var definition = Definition(Schedule.Manual) with { Timeout = Duration.FromMilliseconds(milliseconds) };

        if (allowed)
            Assert.Equal(Duration.FromMilliseconds(milliseconds), Made(definition, "04T12:00").Definition.Timeout);
        else
            Assert.Equal("timeout", Assert.Single(Assert.Throws<SchedulingValidationException>(() => Made(definition, "04T12:00")).Errors).Field);
    }
}
