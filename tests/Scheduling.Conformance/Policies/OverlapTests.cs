using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Slots that fall due while an execution of the same job is not finished, on whichever process it runs.</summary>
public abstract class OverlapTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task Skip_SlotsDuringARun_AreOneRowThatGrows()
    {
        await MinutelyAsync(OverlapPolicy.Skip);
        var (busy, idle) = (Process(), Process());
        var run = await NextAsync(busy);
        var ids = new HashSet<ExecutionId>();
        for (var count = 1; count <= 3; count++)
        {
            Advance(Duration.FromMinutes(1));
            var claim = await idle.ClaimAsync();
            Assert.Empty(claim.Runs);
            Assert.Equal((ExecutionStatus.Skipped, ExecutionReason.Overlap, SlotRange.Of(Now)), (claim.Gaps[0].Gap.Status, claim.Gaps[0].Gap.Reason, claim.Gaps[0].Gap.Slots));
            var row = (await HistoryAsync("job"))[^1];
            Assert.Equal(new SlotRange(run.DueAt + Duration.FromMinutes(1), Now, count), row.Slots);
            Assert.Equal(Now, row.EndedAt);
            ids.Add(row.Id);
            await busy.RenewAsync();
        }

        Assert.Single(ids);
        await busy.SucceedAsync(run);
        Assert.Equal(Now + Duration.FromMinutes(1), (await ReadAsync("job")).NextSlot);
    }

    [Fact]
    public async Task Skip_AfterARunBetween_BeginsANewRow()
    {
        await MinutelyAsync(OverlapPolicy.Skip);
        var node = Process();
        for (var n = 0; n < 2; n++)
        {
            var run = await NextAsync(node);
            Advance(Duration.FromMinutes(1));
            await node.ClaimAsync();
            await node.SucceedAsync(run);
        }

        Assert.Equal(
            [ExecutionStatus.Succeeded, ExecutionStatus.Skipped, ExecutionStatus.Succeeded, ExecutionStatus.Skipped],
            (await HistoryAsync("job")).OrderBy(static row => row.Slots!.Value.First).Select(static row => row.Status));
    }

    [Fact]
    public async Task Skip_ManualRun_CountsAsRunning()
    {
        await MinutelyAsync(OverlapPolicy.Skip);
        await Acme.RunNowAsync("job");
        var node = Process();
        await node.ClaimOneAsync();
        Advance(Duration.FromMinutes(1));

        var claim = await node.ClaimAsync();

        Assert.Empty(claim.Runs);
        Assert.Equal(ExecutionReason.Overlap, Assert.Single(claim.Gaps).Gap.Reason);
    }

    [Fact]
    public async Task QueueOne_OneWaitsAndFurtherSlotsAreSkipped()
    {
        await MinutelyAsync(OverlapPolicy.QueueOne);
        var (busy, idle) = (Process(), Process());
        var first = await NextAsync(busy);
        Advance(Duration.FromMinutes(1));
        Assert.Empty((await idle.ClaimAsync()).Runs);
        var queuedSlot = Now;
        Advance(Duration.FromMinutes(1));
        Assert.Empty((await idle.ClaimAsync()).Runs);
        var rows = await HistoryAsync("job");
        Assert.Equal([ExecutionStatus.Running, ExecutionStatus.Pending, ExecutionStatus.Skipped], rows.Select(static row => row.Status));
        Assert.Equal((ExecutionReason.Queued, null, SlotRange.Of(queuedSlot)), (rows[1].Reason, rows[1].ReadyAt, rows[1].Slots));

        await busy.SucceedAsync(first);

        var second = await idle.ClaimOneAsync();
        Assert.Equal((rows[1].Id, queuedSlot), (second.Id, second.Slots?.Last));
        Assert.Equal(first.Id, second.PreviousRun?.Id);
    }

    [Fact]
    public async Task QueueOne_FirstIsRetried_TheQueuedOneWaitsOn()
    {
        await MinutelyAsync(OverlapPolicy.QueueOne);
        var node = Process();
        var first = await NextAsync(node);
        Advance(Duration.FromMinutes(1));
        await node.ClaimAsync();
        await node.SettleAsync(Result.Retry(first, Duration.FromSeconds(10)));
        Assert.Empty((await node.ClaimAsync()).Runs);
        Advance(Duration.FromSeconds(10));

        var again = await node.ClaimOneAsync();

        Assert.Equal(first.Id, again.Id);
        await node.SettleAsync(Result.Failed(again));
        Assert.NotEqual(first.Id, (await node.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task QueueOne_TheRunningOneIsAbandoned_TheQueuedOneStarts()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Duration.FromMinutes(1))) with { Overlap = OverlapPolicy.QueueOne, Orphans = OrphanPolicy.Abandon });
        var crashed = Process();
        await NextAsync(crashed);
        Advance(Duration.FromMinutes(1));
        var node = Process();
        await node.ClaimAsync();
        crashed.Crash();
        await node.SweepAsync();

        Assert.Equal(Now, (await node.ClaimOneAsync()).Slots?.Last);
    }

    [Fact]
    public async Task Allow_EverySlotRunsBesideTheOthers()
    {
        await MinutelyAsync(OverlapPolicy.Allow);
        var node = Process();
        for (var n = 1; n <= 3; n++)
        {
            await NextAsync(node);
            Assert.Equal(n, (await ReadAsync("job")).OpenExecutions);
        }

        await node.SucceedAllAsync();
        Assert.Equal(0, (await ReadAsync("job")).OpenExecutions);
    }

    [Fact]
    public async Task Skip_BacklogWithinTheThreshold_RunsOneAndSkipsTheRest()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Interval(Duration.FromSeconds(10))));
        Advance(Duration.FromSeconds(50));
        var node = Process();

        var claim = await node.ClaimAsync();

        Assert.Equal(SlotRange.Of(Start + Duration.FromSeconds(10)), Assert.Single(claim.Runs).Slots);
        Assert.Equal(4, Assert.Single(claim.Gaps).Gap.Slots.Count);
        Assert.Equal(Now + Duration.FromSeconds(10), (await ReadAsync("job")).NextSlot);
    }

    private ValueTask<Job> MinutelyAsync(OverlapPolicy overlap) =>
        Acme.CreateAsync(Work.Job("job", Schedule.Interval(Duration.FromMinutes(1))) with { Overlap = overlap });

    private Task<ClaimedRun> NextAsync(TestProcess node)
    {
        Advance(Duration.FromMinutes(1));
        return node.ClaimOneAsync();
    }
}
