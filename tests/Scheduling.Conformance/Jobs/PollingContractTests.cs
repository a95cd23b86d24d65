using NodaTime;
using NodaTime.Text;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>What the polling contract must show, through its documents, the tenant's interface and the store.</summary>
public abstract class PollingContractTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    /// <summary>The six inputs that differ, with the slot that follows Monday 2026-03-02T10:00:00Z.</summary>
    [Theory]
    [InlineData("ONE_WEEK", """,{"hour":0}""", "2026-03-09T00:00:00Z")]
    [InlineData("ONE_WEEK", """,{"dayOfWeek":0}""", "2026-03-08T10:00:00Z")]
    [InlineData("ONE_WEEK", """,{"hour":0,"dayOfWeek":0}""", "2026-03-08T00:00:00Z")]
    [InlineData("ONE_WEEK", ",{}", "2026-03-09T10:00:00Z")]
    [InlineData("ONE_WEEK", ",null", "2026-03-09T10:00:00Z")]
    [InlineData("ONE_WEEK", "", "2026-03-09T10:00:00Z")]
    [InlineData("ONE_DAY", """,{"hour":0}""", "2026-03-03T00:00:00Z")]
    [InlineData("ONE_DAY", """,{"dayOfWeek":0}""", "2026-03-03T10:00:00Z")]
    [InlineData("ONE_DAY", """,{"hour":0,"dayOfWeek":0}""", "2026-03-03T00:00:00Z")]
    [InlineData("ONE_DAY", ",{}", "2026-03-03T10:00:00Z")]
    [InlineData("ONE_DAY", ",null", "2026-03-03T10:00:00Z")]
    [InlineData("ONE_DAY", "", "2026-03-03T10:00:00Z")]
    [InlineData("FOUR_HOURS", """,{"hour":0}""", "2026-03-02T14:00:00Z")]
    [InlineData("DISABLED", """,{"hour":0,"dayOfWeek":0}""", null)]
    public async Task Create_EachOfTheSixInputs_IsKeptAndRunsAccordingly(string interval, string pollingOverride, string? slot)
    {
        var json = Document(interval, pollingOverride);

        await Acme.CreateAsync(Work.Job("job", ScheduleDocument.Parse(json).ToSchedule()));
        var job = await ReadAsync("job");

        Assert.Equal(slot, job.NextSlot is { } next ? InstantPattern.General.Format(next) : null);
        Assert.Equal(json.Replace(""","pollingIntervalCronExpression":null""", "", StringComparison.Ordinal), ScheduleDocument.From(job.Schedule).ToJson());
    }

    [Theory]
    [InlineData("", """,{"hour":5,"dayOfWeek":3}""")]
    [InlineData(",null", "")]
    [InlineData(",{}", ",{}")]
    [InlineData(""",{"hour":0}""", """,{"hour":0}""")]
    public async Task Patch_Override_AbsentKeepsNullClearsAndAnObjectReplacesWhole(string patch, string left)
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneWeek, hour: 5, dayOfWeek: 3)));

        var job = await PatchAsync(Document("ONE_WEEK", patch));

        Assert.Equal(Document("ONE_WEEK", left), ScheduleDocument.From(job.Schedule).ToJson());
    }

    [Fact]
    public async Task FourHours_WithHour_FiresSixTimesADayAndOneDayAppliesTheKeptHour()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.FourHours, hour: 7)));
        var node = Process();
        for (var n = 0; n < 6; n++)
        {
            Advance(Duration.FromHours(4));
            await node.SucceedAsync(await node.ClaimOneAsync());
        }
        Assert.Equal(Start + Duration.FromHours(28), (await ReadAsync("job")).NextSlot);

        var daily = await PatchAsync("""{"pollingInterval":"ONE_DAY"}""");
        Invariants.Reschedules(daily);

        Assert.Equal(Instant.FromUtc(2026, 3, 4, 7, 0), daily.NextSlot);
        Assert.InRange(daily.NextRunAt!.Value, Instant.FromUtc(2026, 3, 4, 7, 0), Instant.FromUtc(2026, 3, 4, 7, 55));
    }

    [Fact]
    public async Task Disabled_IsNeverScheduledAndRunNowWorks()
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.Disabled, hour: 0)));
        var node = Process();
        Advance(Duration.FromDays(30));
        var idle = await node.ClaimAsync();
        Assert.Empty(idle.Runs);
        Assert.Null(idle.NextWake);
        Assert.Equal((JobState.Active, null, null), (job.State, job.NextSlot, job.NextRunAt));

        var asked = await Acme.RunNowAsync("job");
        var run = await node.ClaimOneAsync();
        Assert.Equal((asked.Id, ExecutionTrigger.Manual, null), (run.Id, run.Trigger, run.Slots));

        var refused = await Assert.ThrowsAsync<JobAlreadyRunningException>(async () => await Acme.RunNowAsync("job"));
        Assert.Equal(asked.Id, refused.Execution.Id);
        await node.SucceedAsync(run);
        Assert.Empty((await node.ClaimAsync()).Runs);
        Assert.Single(await HistoryAsync("job"));
    }

    [Theory]
    [InlineData("2026-03-07T23:59:59.999Z", true)]
    [InlineData("2026-03-08T00:00:00Z", false)]
    public async Task Hour23OnSaturday_EndsOnSunday(string claimedAt, bool runs)
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneWeek, hour: 23, dayOfWeek: 6)));
        Assert.Equal(Instant.FromUtc(2026, 3, 7, 23, 0), job.NextSlot);
        Assert.InRange(job.NextRunAt!.Value, Instant.FromUtc(2026, 3, 7, 23, 0), Instant.FromUtc(2026, 3, 7, 23, 55) - Duration.FromMilliseconds(1));
        AdvanceTo(InstantPattern.ExtendedIso.Parse(claimedAt).Value);

        var claim = await Process().ClaimAsync();

        Assert.Equal(runs ? 1 : 0, claim.Runs.Count);
        var row = Assert.Single(await HistoryAsync("job"));
        Assert.Equal(job.NextSlot, row.ScheduledFor);
        if (!runs)
            Assert.Equal((ExecutionStatus.Missed, ExecutionReason.WindowClosed), (row.Status, row.Reason));
        Assert.Equal(Instant.FromUtc(2026, 3, 14, 23, 0), (await ReadAsync("job")).NextSlot);
    }

    [Theory]
    [InlineData("""{"hour":24}""", "pollingIntervalCronExpression.hour")]
    [InlineData("""{"hour":-1}""", "pollingIntervalCronExpression.hour")]
    [InlineData("""{"dayOfWeek":7}""", "pollingIntervalCronExpression.dayOfWeek")]
    public async Task Patch_OutOfRange_NamesTheFieldAndChangesNothing(string pollingOverride, string field)
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneDay, hour: 5)));

        var refused = await Assert.ThrowsAsync<SchedulingValidationException>(async () => await PatchAsync($$"""{"pollingIntervalCronExpression":{{pollingOverride}}}"""));

        Assert.Equal(field, Assert.Single(refused.Errors).Field);
        Assert.Equal(job, await ReadAsync("job"));
    }

    [Fact]
    public async Task ActiveOffAndOn_StartsNoStorm()
    {
        await EveryAsync(Duration.FromMinutes(1));
        var off = await Acme.UpdateAsync("job", new JobChange { Active = false });
        Assert.Equal((JobState.Paused, null), (off.State, off.NextRunAt));
        Advance(Duration.FromDays(1) + Duration.FromSeconds(30));
        Assert.Empty((await Process().ClaimAsync()).Runs);

        var on = await Acme.UpdateAsync("job", new JobChange { Active = true });

        Assert.Equal(Now + Duration.FromSeconds(30), on.NextRunAt);
        Assert.Empty((await Process().ClaimAsync()).Runs);
        var row = Assert.Single(await HistoryAsync("job"));
        Assert.Equal((ExecutionStatus.Skipped, ExecutionReason.Paused, 1_440L), (row.Status, row.Reason, row.Slots!.Value.Count));
    }

    [Fact]
    public async Task RenameAndResave_KeepTheNextRun()
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneDay)));
        Advance(Duration.FromHours(23));

        var renamed = await Acme.UpdateAsync("job", new JobChange { Name = "renamed", Schedule = Schedule.Polling(PollingInterval.OneDay) });

        Assert.Equal((job.NextRunAt, job.Anchor, "renamed"), (renamed.NextRunAt, renamed.Anchor, renamed.Name));
    }

    [Fact]
    public async Task IntervalThereAndBack_KeepsTheTimeOfDay()
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneDay)));
        Invariants.Reschedules(job);
        Advance(Duration.FromHours(5));

        await PatchAsync("""{"pollingInterval":"THIRTY_MINUTES"}""");
        await PatchAsync("""{"pollingInterval":"DISABLED"}""");
        var back = await PatchAsync("""{"pollingInterval":"ONE_DAY"}""");

        Assert.Equal((job.Anchor, job.NextRunAt), (back.Anchor, back.NextRunAt));
    }

    private static string Document(string interval, string pollingOverride) => pollingOverride.Length == 0
        ? $$"""{"pollingInterval":"{{interval}}"}"""
        : $$"""{"pollingInterval":"{{interval}}","pollingIntervalCronExpression":{{pollingOverride[1..]}}}""";

    private ValueTask<Job> PatchAsync(string json) =>
        Acme.UpdateAsync("job", job => new JobChange { Schedule = ScheduleDocumentPatch.Parse(json).ApplyTo(job.Schedule) });
}
