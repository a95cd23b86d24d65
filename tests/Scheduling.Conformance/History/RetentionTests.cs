using NodaTime;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>What a sweep removes, and what it leaves.</summary>
public abstract class RetentionTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task Sweep_EndedBeforeTheRetention_IsPurgedAndTheRestStays()
    {
        Invariants.HistoryWasPurged = true;
        var node = Process();
        var old = await RunAsync(node, "old");
        Advance(Duration.FromDays(29));
        var young = await RunAsync(node, "young");
        Assert.Equal(0, (await node.SweepAsync()).Purged);
        Advance(Duration.FromDays(1) + Duration.FromSeconds(1));

        Assert.Equal(1, (await node.SweepAsync()).Purged);

        Assert.Null(await Acme.Executions.GetAsync(old));
        Assert.NotNull(await Acme.Executions.GetAsync(young));
        Assert.Empty(await HistoryAsync("old"));
    }

    [Fact]
    public async Task Sweep_RunningOrPending_IsNeverPurged()
    {
        await Acme.CreateAsync(Work.Job("running", Schedule.Manual));
        var running = await Acme.RunNowAsync("running");
        var node = Process();
        await node.ClaimOneAsync();
        await Acme.CreateAsync(Work.Job("pending", Schedule.Manual, "nobody"));
        var pending = await Acme.RunNowAsync("pending");
        Advance(Duration.FromDays(90));
        await node.RenewAsync();

        Assert.Equal(0, (await node.SweepAsync()).Purged);

        Assert.Equal(ExecutionStatus.Running, (await ReadAsync(running.Id)).Status);
        Assert.Equal(ExecutionStatus.Pending, (await ReadAsync(pending.Id)).Status);
    }

    [Fact]
    public async Task Sweep_RowThatStillGrows_Stays()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Polling(PollingInterval.OneDay, hour: 0)));
        var node = Process();
        for (var day = 0; day < 45; day++)
        {
            Advance(Duration.FromDays(1));
            await node.ClaimAsync();
            await node.SweepAsync();
        }

        var row = Assert.Single(await HistoryAsync("job"));
        Assert.Equal(45, row.Slots!.Value.Count);
        Assert.Equal(row, await ReadAsync(row.Id));
    }

    [Fact]
    public async Task Sweep_MoreThanABatch_TellsOfMoreUntilAllAreGone()
    {
        Invariants.HistoryWasPurged = true;
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        var node = Process();
        for (var n = 0; n < 5; n++)
        {
            await Acme.RunNowAsync("job");
            await node.SucceedAsync(await node.ClaimOneAsync());
        }
        Advance(TestProcess.Retention + Duration.FromSeconds(1));

        var purged = 0;
        var rounds = 0;
        for (var more = true; more && rounds < 10; rounds++)
        {
            var sweep = await node.SweepAsync(node.Sweeping() with { BatchSize = 2 });
            Assert.True(sweep.Purged <= 2);
            purged += sweep.Purged;
            more = sweep.HasMore;
        }

        Assert.Equal(5, purged);
        Assert.Empty(await HistoryAsync("job"));
    }

    [Fact]
    public async Task Sweep_CompletedJob_GoesWithItsHistoryAfterTheRetention()
    {
        var job = await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        await node.SucceedAsync(run);
        Advance(TestProcess.Retention - Duration.FromSeconds(1));
        await node.SweepAsync();
        Assert.NotNull(await Acme.GetAsync(job.Id));
        Advance(Duration.FromSeconds(2));

        Assert.Equal(1, (await SweepAllAsync(node)).RemovedJobs);

        Assert.Null(await Acme.GetAsync(job.Id));
        Assert.Null(await Acme.Executions.GetAsync(run.Id));
        await DueNowAsync();
    }

    [Fact]
    public async Task Sweep_CompletedJobWhoseRunIsNotFinished_StaysUntilARetentionAfterItsEnd()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        for (var n = 0; n < 3; n++)
        {
            Advance(TestProcess.Retention);
            await node.RenewAsync();
            await node.SweepAsync();
        }
        await node.SucceedAsync(run);
        Advance(TestProcess.Retention - Duration.FromSeconds(1));
        await node.SweepAsync();
        Assert.Equal(ExecutionStatus.Succeeded, (await ReadAsync(run.Id)).Status);
        Advance(Duration.FromSeconds(2));

        await SweepAllAsync(node);

        Assert.Null(await Acme.GetAsync("job"));
    }

    [Fact]
    public async Task Sweep_CompletedJobSetAnew_CountsFromItsLatestCompletion()
    {
        var job = await DueNowAsync();
        Invariants.Reschedules(job);
        Invariants.HistoryWasPurged = true;
        var node = Process();
        await node.SucceedAsync(await node.ClaimOneAsync());
        Advance(TestProcess.Retention - Duration.FromDays(1));
        await Acme.UpdateAsync("job", new JobChange { Schedule = Schedule.Once(Now) });
        await node.SucceedAsync(await node.ClaimOneAsync());
        Advance(Duration.FromDays(2));

        await SweepAllAsync(node);

        Assert.Equal(JobState.Completed, (await ReadAsync("job")).State);
    }

    [Fact]
    public async Task Sweep_ActivePausedOrManualJobs_StayForEver()
    {
        await EveryAsync(Duration.FromDays(365), "active");
        await EveryAsync(Duration.FromDays(1), "paused");
        await Acme.PauseAsync("paused");
        await Acme.CreateAsync(Work.Job("manual", Schedule.Manual));
        await Acme.CreateAsync(Work.Job("disabled", Schedule.Polling(PollingInterval.Disabled)));
        Advance(Duration.FromDays(200));

        Assert.Equal(0, (await SweepAllAsync(Process())).RemovedJobs);
        Assert.Equal(4, (await Acme.ListAsync()).Items.Count);
    }

    [Fact]
    public async Task Sweep_DeletedJob_IsRemovedWithItsHistory()
    {
        var node = Process();
        await RunAsync(node, "job");
        await Acme.DeleteAsync("job");

        var sweep = await SweepAllAsync(node);

        Assert.Equal((1, 1), (sweep.RemovedJobs, sweep.Purged));
        Assert.Equal(0, (await SweepAllAsync(node)).RemovedJobs);
    }

    [Fact]
    public async Task Sweep_PurgedRun_FreesItsIdempotencyKey()
    {
        Invariants.HistoryWasPurged = true;
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        var first = await Acme.RunNowAsync("job", "request-1");
        var node = Process();
        await node.SucceedAsync(await node.ClaimOneAsync());
        Advance(TestProcess.Retention + Duration.FromSeconds(1));
        await node.SweepAsync();

        Assert.NotEqual(first.Id, (await Acme.RunNowAsync("job", "request-1")).Id);
    }

    private async Task<ExecutionId> RunAsync(TestProcess node, string key)
    {
        await Acme.CreateAsync(Work.Job(key, Schedule.Manual));
        await Acme.RunNowAsync(key);
        var run = await node.ClaimOneAsync();
        await node.SucceedAsync(run);
        return run.Id;
    }

    /// <summary>Sweeps until nothing is left; what was done in all.</summary>
    private static async Task<SweepResponse> SweepAllAsync(TestProcess node)
    {
        var all = await node.SweepAsync();
        for (var rounds = 1; rounds < 10; rounds++)
        {
            var next = await node.SweepAsync();
            all = next with { RemovedJobs = all.RemovedJobs + next.RemovedJobs, Purged = all.Purged + next.Purged };
        }
        return all;
    }
}
