using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Deleting jobs in every state they can be in.</summary>
public abstract class JobDeletionTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task Delete_Job_FreesItsKeyAtOnceAndHidesItsHistory()
    {
        var job = await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        await node.SucceedAsync(run);

        Assert.True(await Acme.DeleteAsync(job.Id));

        Assert.Null(await Acme.GetAsync(job.Id));
        Assert.Null(await Acme.GetAsync("job"));
        Assert.Null(await Acme.Executions.GetAsync(run.Id));
        Assert.Empty((await Acme.Executions.ListAsync()).Items);
        var again = await DueNowAsync();
        Assert.NotEqual(job.Id, again.Id);
        Assert.Empty(await HistoryAsync("job"));
    }

    [Fact]
    public async Task Delete_DecisionThatThrows_DeletesNothing()
    {
        var job = await DueNowAsync();
        var request = new DeleteJobRequest { Tenant = job.Tenant, Job = job.Id, Overdue = static (_, _) => throw new InvalidOperationException("no") };

        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await Store.Jobs.DeleteAsync(request, default))).Message);

        Assert.Equal(job, await ReadAsync("job"));
    }

    [Fact]
    public async Task Delete_Twice_IsFalseTheSecondTime()
    {
        var job = await DueNowAsync();

        Assert.True(await Acme.DeleteAsync("job"));

        Assert.False(await Acme.DeleteAsync("job"));
        Assert.False(await Acme.DeleteAsync(job.Id));
    }

    [Fact]
    public async Task Delete_OverdueOrPending_NeverStarts()
    {
        var overdue = await DueNowAsync("overdue");
        await Acme.CreateAsync(Work.Job("pending", Schedule.Manual));
        await Acme.RunNowAsync("pending");
        Advance(Duration.FromMinutes(1));

        Assert.True(await Acme.DeleteAsync(overdue.Id));
        Assert.True(await Acme.DeleteAsync("pending"));

        var claim = await Process().ClaimAsync();
        Assert.Empty(claim.Runs);
        Assert.Equal((false, false), (claim.HasMore, claim.LacksPlaces));
    }

    [Fact]
    public async Task Delete_WhileRunning_TheRunSettlesAndNothingComesBack()
    {
        Invariants.RunningJobsWereDeleted = true;
        await EveryAsync(Duration.FromMinutes(1));
        var node = Process();
        Advance(Duration.FromMinutes(1));
        var run = await node.ClaimOneAsync();

        Assert.True(await Acme.DeleteAsync("job"));
        var renewed = await node.RenewAsync();
        Assert.Empty(renewed.Lost);
        Assert.Equal(SettlementOutcome.Accepted, await node.SettleAsync(Result.Of(run)));

        Advance(Duration.FromHours(1));
        Assert.Empty((await node.ClaimAsync()).Runs);
        Assert.Null(await Acme.Executions.GetAsync(run.Id));
        Assert.Equal(0, (await Store.Jobs.GetTenantAsync(new TenantId("acme"), default)).Running);
        Assert.Equal(0, (await Store.Claims.InspectAsync(default)).OpenExecutions);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_WhileRunning_TheRunDoesNotStartAgain(bool retries)
    {
        Invariants.RunningJobsWereDeleted = true;
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        await Acme.DeleteAsync("job");

        if (retries)
            await node.SettleAsync(Result.Retry(run, Duration.Zero));
        else
            await ReclaimAfterCrash(node);

        Advance(Duration.FromMinutes(1));
        Assert.Empty((await Process().ClaimAsync()).Runs);
        Assert.Equal(0, (await Store.Claims.InspectAsync(default)).OpenExecutions);
    }

    [Fact]
    public async Task Delete_WithQueuedRunBehindARunningOne_NoneOfThemStarts()
    {
        Invariants.RunningJobsWereDeleted = true;
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual) with { Overlap = OverlapPolicy.QueueOne });
        await Acme.RunNowAsync("job");
        var node = Process();
        var run = await node.ClaimOneAsync();
        await Acme.RunNowAsync("job");

        await Acme.DeleteAsync("job");
        await node.SettleAsync(Result.Of(run));

        Assert.Empty((await node.ClaimAsync()).Runs);
        Assert.Equal(0, (await Store.Claims.InspectAsync(default)).OpenExecutions);
    }

    private async Task ReclaimAfterCrash(TestProcess node)
    {
        node.Crash();
        Advance(TestProcess.Lease);
        await Process().SweepAsync();
    }
}
