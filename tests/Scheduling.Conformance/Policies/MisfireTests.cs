using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>What becomes of slots that nobody started in time.</summary>
public abstract class MisfireTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    [Fact]
    public async Task Late_AtTheThreshold_IsAnOrdinaryRun()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Duration.FromHours(1))) with { Misfire = MisfirePolicy.Skip });
        Advance(Duration.FromHours(1) + Duration.FromSeconds(60));

        var run = await Process().ClaimOneAsync();

        Assert.Equal((Duration.FromSeconds(60), 1L), (run.Lag, run.Slots?.Count));
    }

    [Fact]
    public async Task Skip_BeyondTheThreshold_IsOneSkippedRow()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Duration.FromHours(1))) with { Misfire = MisfirePolicy.Skip });
        Advance(Duration.FromHours(5) + Duration.FromSeconds(61));

        var claim = await Process().ClaimAsync();

        Assert.Empty(claim.Runs);
        var row = Assert.Single(await HistoryAsync("job"));
        Assert.Equal((ExecutionStatus.Skipped, ExecutionReason.Misfire, 5L), (row.Status, row.Reason, row.Slots!.Value.Count));
        Assert.Equal(Start + Duration.FromHours(6), claim.NextWake);
    }

    [Fact]
    public async Task Skip_LatestIsInTime_RunsIt()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Duration.FromHours(1))) with { Misfire = MisfirePolicy.Skip });
        Advance(Duration.FromHours(5) + Duration.FromSeconds(30));

        var claim = await Process().ClaimAsync();

        Assert.Equal(SlotRange.Of(Start + Duration.FromHours(5)), Assert.Single(claim.Runs).Slots);
        Assert.Equal(4, Assert.Single(claim.Gaps).Gap.Slots.Count);
    }

    [Fact]
    public async Task RunOnce_ThreeDaysDownEveryMinute_IsOneRunForTheLatest()
    {
        await EveryAsync(Minute);
        Advance(Duration.FromDays(3));
        var node = Process();

        var run = await node.ClaimOneAsync();

        Assert.Equal(new SlotRange(Start + Minute, Now, 4_320), run.Slots);
        Assert.Equal(4_319, (await ReadAsync(run.Id)).MissedCount);
        Assert.Equal(Now + Minute, (await ReadAsync("job")).NextRunAt);
        await node.SucceedAsync(run);
        Assert.Empty((await node.ClaimAsync()).Runs);
        Assert.Single(await HistoryAsync("job"));
    }

    [Fact]
    public async Task RunOnce_UnpinnedDayMissedForDays_GetsOneCatchUpOnItsGrid()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneDay)));
        Advance(Duration.FromDays(3) + Duration.FromHours(5));

        var run = await Process().ClaimOneAsync();

        Assert.Equal((Start + Duration.FromDays(3), 3L), (run.Slots?.Last, run.Slots?.Count));
        Assert.Equal(Start + Duration.FromDays(4), (await ReadAsync("job")).NextRunAt);
    }

    [Fact]
    public async Task RunAll_RunsTheNewestSeriallyOldestFirstAndCountsTheRestAsMissed()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Minute)) with { Misfire = MisfirePolicy.RunAll(3) });
        Advance(Duration.FromMinutes(10));
        var node = Process();

        var slots = new List<Instant?>();
        for (var n = 0; n < 3; n++)
        {
            var run = await node.ClaimOneAsync();
            slots.Add(run.Slots?.Last);
            Assert.Empty((await Process().ClaimAsync()).Runs);
            await node.SettleAsync(n == 1 ? Result.Failed(run) : Result.Of(run));
        }

        Assert.Equal([Start + (Minute * 8), Start + (Minute * 9), Start + (Minute * 10)], slots.Cast<Instant>());
        var missed = (await HistoryAsync("job")).Single(static row => row.Status == ExecutionStatus.Missed);
        Assert.Equal((ExecutionReason.ChainLimit, new SlotRange(Start + Minute, Start + (Minute * 7), 7)), (missed.Reason, missed.Slots));
        Assert.Empty((await node.ClaimAsync()).Runs);
    }

    [Fact]
    public async Task RunAll_SlotsDuringTheChain_AreSkippedOrRunByTheOverlapPolicy()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Minute)) with { Misfire = MisfirePolicy.RunAll() });
        Advance(Duration.FromMinutes(3));
        var node = Process();
        await node.ClaimOneAsync();
        Advance(Minute);

        var claim = await node.ClaimAsync();

        Assert.Empty(claim.Runs);
        Assert.Equal(SlotRange.Of(Now), Assert.Single(claim.Gaps).Gap.Slots);
        for (var left = 2; left >= 0; left--)
        {
            await node.SucceedAllAsync();
            Assert.Equal(left > 0 ? 1 : 0, (await node.ClaimAsync()).Runs.Count);
        }
    }

    [Fact]
    public async Task RunAll_ChainRunIsLostWithItsProcess_StartsAgainBeforeTheNext()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Minute)) with { Misfire = MisfirePolicy.RunAll() });
        Advance(Duration.FromMinutes(3));
        var crashed = Process();
        var first = await crashed.ClaimOneAsync();
        crashed.Crash();
        Advance(TestProcess.Lease);
        var node = Process();
        await node.SweepAsync();

        var again = await node.ClaimOneAsync();

        Assert.Equal((first.Id, 2), (again.Id, again.Attempt));
    }

    [Fact]
    public async Task RunAll_FirstIsTriedAgain_TheNextWaitsForItsEnd()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Minute)) with { Misfire = MisfirePolicy.RunAll() });
        Advance(Duration.FromMinutes(3));
        var node = Process();
        var first = await node.ClaimOneAsync();
        await node.SettleAsync(Result.Retry(first, Duration.FromSeconds(10)));
        Assert.Empty((await node.ClaimAsync()).Runs);
        Advance(Duration.FromSeconds(10));

        var again = await node.ClaimOneAsync();
        Assert.Equal((first.Id, 2), (again.Id, again.Attempt));
        await node.SettleAsync(Result.Failed(again));

        Assert.Equal(Start + (Minute * 2), (await node.ClaimOneAsync()).Slots?.Last);
    }

    [Fact]
    public async Task RunAll_QueueOneDuringTheChain_TheChainIsWhatWaits()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Minute)) with { Misfire = MisfirePolicy.RunAll(), Overlap = OverlapPolicy.QueueOne });
        Advance(Duration.FromMinutes(3));
        var node = Process();
        var run = await node.ClaimOneAsync();
        Advance(Minute);

        Assert.Equal((ExecutionStatus.Skipped, ExecutionReason.Overlap, SlotRange.Of(Now)), Assert.Single((await node.ClaimAsync()).Gaps) is var gap ? (gap.Gap.Status, gap.Gap.Reason, gap.Gap.Slots) : default);

        var slots = new List<Instant?> { run.Slots?.Last };
        for (var n = 0; n < 2; n++)
        {
            await node.SucceedAllAsync();
            slots.Add((await node.ClaimOneAsync()).Slots?.Last);
        }
        Assert.Equal([Start + Minute, Start + (Minute * 2), Start + (Minute * 3)], slots.Cast<Instant>());
    }

    [Fact]
    public async Task MaximumAge_OlderSlots_AreMissedAsTooOld()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Duration.FromHours(1))) with { Misfire = MisfirePolicy.RunOnce.WithMaximumAge(Duration.FromMinutes(150)) });
        Advance(Duration.FromHours(10) + Duration.FromMinutes(10));

        var run = await Process().ClaimOneAsync();

        Assert.Equal(new SlotRange(Start + Duration.FromHours(8), Start + Duration.FromHours(10), 3), run.Slots);
        var missed = (await HistoryAsync("job")).Single(static row => row.Status == ExecutionStatus.Missed);
        Assert.Equal((ExecutionReason.TooOld, 7L), (missed.Reason, missed.Slots!.Value.Count));
    }

    [Theory]
    [InlineData(MisfireMode.RunOnce)]
    [InlineData(MisfireMode.RunAll)]
    [InlineData(MisfireMode.Skip)]
    public async Task Window_ClosedForEverySlot_IsMissedWhateverThePolicy(MisfireMode mode)
    {
        var policy = mode switch { MisfireMode.RunAll => MisfirePolicy.RunAll(), MisfireMode.Skip => MisfirePolicy.Skip, _ => MisfirePolicy.RunOnce };
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneDay, hour: 0)) with { Misfire = policy });
        AdvanceTo(job.NextSlot!.Value + Duration.FromDays(4) + Duration.FromHours(1));

        Assert.Empty((await Process().ClaimAsync()).Runs);

        var row = Assert.Single(await HistoryAsync("job"));
        Assert.Equal((ExecutionStatus.Missed, ExecutionReason.WindowClosed, 5L), (row.Status, row.Reason, row.Slots!.Value.Count));
        Assert.Equal(job.NextSlot + Duration.FromDays(5), (await ReadAsync("job")).NextSlot);
    }

    [Fact]
    public async Task Window_DayAfterDayNobodyThere_IsOneRowThatGrows()
    {
        var job = await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneDay, hour: 0)));
        var node = Process();
        for (var day = 0; day < 3; day++)
        {
            AdvanceTo(job.NextSlot!.Value + Duration.FromDays(day) + Duration.FromHours(2));
            await node.ClaimAsync();
        }

        Assert.Equal(3, Assert.Single(await HistoryAsync("job")).Slots!.Value.Count);
    }

    [Fact]
    public async Task Once_LongAgo_RunsByThePolicy()
    {
        await Acme.CreateAsync(Work.Job("runs", Schedule.Once(Now - Duration.FromDays(2))));
        await Acme.CreateAsync(Work.Job("skips", Schedule.Once(Now - Duration.FromDays(2))) with { Misfire = MisfirePolicy.Skip });

        var claim = await Process().ClaimAsync();

        Assert.Equal("runs", Assert.Single(claim.Runs).Definition.Key);
        Assert.Equal(ExecutionReason.Misfire, Assert.Single(await HistoryAsync("skips")).Reason);
    }

    [Fact]
    public async Task ManyJobsMissed_EachGetsOneRunOldestFirst()
    {
        for (var n = 0; n < 200; n++)
            await EveryAsync(Duration.FromSeconds(300 - n), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"job-{n}"));
        Advance(Duration.FromHours(2));
        var node = Process();

        var runs = new List<ClaimedRun>();
        for (var claim = await node.ClaimAsync(free: 50); claim.Runs.Count > 0; claim = await node.ClaimAsync(free: 50))
        {
            Assert.True(claim.Runs.Count <= 50);
            runs.AddRange(claim.Runs);
        }

        Assert.Equal(200, runs.Select(static run => run.JobId).Distinct().Count());
        Assert.Equal(200, runs.Count);
    }
}
