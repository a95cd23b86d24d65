using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Another tenant's job and execution are not found, by any call, and look like ones that do not exist.</summary>
public abstract class ForeignTenantTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private ITenantJobs Globex => Tenant("globex");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EveryCall_ForeignJob_IsNotFoundAndChangesNothing(bool byId)
    {
        var job = await DueNowAsync();
        JobRef foreign = byId ? job.Id : job.Key;

        Assert.Null(await Globex.GetAsync(foreign));
        Assert.False(await Globex.DeleteAsync(foreign));
        await NotFound(foreign, async () => await Globex.UpdateAsync(foreign, new JobChange { Name = "stolen" }));
        await NotFound(foreign, async () => await Globex.UpdateAsync(foreign, new JobChange { Name = "stolen" }, expectedVersion: 99));
        await NotFound(foreign, async () => await Globex.UpdateAsync(foreign, static _ => new JobChange { Name = "stolen" }));
        await NotFound(foreign, async () => await Globex.RunNowAsync(foreign));
        await NotFound(foreign, async () => await Globex.PauseAsync(foreign));
        await NotFound(foreign, async () => await Globex.ResumeAsync(foreign));
        await NotFound(foreign, async () => await Globex.Executions.ListAsync(new ExecutionQuery { Job = foreign }));
        Assert.Empty((await Globex.ListAsync()).Items);

        Assert.Equal(job, await ReadAsync("job"));
    }

    [Fact]
    public async Task EveryCall_ForeignExecution_IsNotFoundAndChangesNothing()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();

        Assert.Null(await Globex.Executions.GetAsync(run.Id));
        Assert.Null(await Globex.Executions.CancelAsync(run.Id, "mine now"));
        Assert.Empty((await Globex.Executions.ListAsync()).Items);
        Assert.Empty((await node.RenewAsync()).CancelRequested);

        await node.SucceedAsync(run);
        Assert.Null(await Globex.Executions.GetAsync(run.Id));
        Assert.Null(await Globex.Executions.CancelAsync(run.Id));
        Assert.Empty((await Globex.Executions.ListAsync()).Items);
    }

    [Fact]
    public async Task Cancel_ForeignPendingExecution_StaysPending()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        var run = await Acme.RunNowAsync("job");

        Assert.Null(await Globex.Executions.CancelAsync(run.Id));

        Assert.Equal(ExecutionStatus.Pending, (await ReadAsync(run.Id)).Status);
    }

    [Fact]
    public async Task Create_SameKeyAsAForeignJob_IsAnOwnJob()
    {
        var theirs = await DueNowAsync();

        var ours = await Globex.EnsureAsync(Work.Job("job", Schedule.Manual));

        Assert.NotEqual(theirs.Id, ours.Id);
        Assert.Equal(theirs, await ReadAsync("job"));
    }

    [Fact]
    public async Task Write_ForeignIdWithEdit_IsNotFound()
    {
        var job = await DueNowAsync();
        var request = new WriteJobRequest { Tenant = new TenantId("globex"), Job = job.Id, Edit = static (_, _) => throw new InvalidOperationException("never asked") };

        var response = await Store.Jobs.WriteAsync(request, default);

        Assert.Equal((WriteJobOutcome.NotFound, null), (response.Outcome, response.Job));
    }

    [Fact]
    public async Task RunNow_SameIdempotencyKeyInTwoTenants_IsTwoExecutions()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        await Globex.CreateAsync(Work.Job("job", Schedule.Manual));

        var ours = await Acme.RunNowAsync("job", "request-1");
        var theirs = await Globex.RunNowAsync("job", "request-1");

        Assert.NotEqual(ours.Id, theirs.Id);
    }

    private static async Task NotFound(JobRef foreign, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<JobNotFoundException>(call);
        Assert.Equal((new TenantId("globex"), foreign), (error.Tenant, error.Job));
        Assert.DoesNotContain("acme", error.Message, StringComparison.Ordinal);
    }
}
