using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Conformance;

/// <summary>What health checks and metrics see.</summary>
public abstract class InspectTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task Inspect_Empty_IsAllQuiet()
    {
        var status = await Store.Claims.InspectAsync(default);

        Assert.Equal((Now, null, 0, 0, 0), (status.StoreNow, status.OldestDue, status.OpenExecutions, status.LiveProcesses, status.ParkedJobs));
        Assert.Empty(status.ExecutorsWithoutNode);
    }

    [Fact]
    public async Task Inspect_DueWork_TellsTheOldestUntilItIsTaken()
    {
        await EveryAsync(Duration.FromMinutes(2), "younger");
        await EveryAsync(Duration.FromMinutes(1), "older");
        Assert.Null((await Store.Claims.InspectAsync(default)).OldestDue);
        Advance(Duration.FromMinutes(5));

        Assert.Equal(Start + Duration.FromMinutes(1), (await Store.Claims.InspectAsync(default)).OldestDue);
        await Process().ClaimAsync();
        Assert.Null((await Store.Claims.InspectAsync(default)).OldestDue);
    }

    [Fact]
    public async Task Inspect_PausedWork_IsNotDue()
    {
        await EveryAsync(Duration.FromMinutes(1));
        await Acme.PauseAsync("job");
        Advance(Duration.FromMinutes(5));

        Assert.Null((await Store.Claims.InspectAsync(default)).OldestDue);
    }

    [Fact]
    public async Task Inspect_OpenExecutions_CountsPendingAndRunning()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        await Acme.CreateAsync(Work.Job("manual", Schedule.Manual));
        await Acme.RunNowAsync("manual");
        Assert.Equal(2, (await Store.Claims.InspectAsync(default)).OpenExecutions);

        await node.SucceedAsync(run);

        Assert.Equal(1, (await Store.Claims.InspectAsync(default)).OpenExecutions);
    }

    [Fact]
    public async Task Inspect_Processes_CountsThoseHeardOfLately()
    {
        await Process().ClaimAsync();
        Advance(Duration.FromSeconds(20));
        await Process().RenewAsync();
        Assert.Equal(2, (await Store.Claims.InspectAsync(default)).LiveProcesses);
        Advance(TestProcess.Lease + Duration.FromSeconds(50)); // an idle process renews at its safety poll only

        Assert.Equal(1, (await Store.Claims.InspectAsync(default)).LiveProcesses);
    }

    [Fact]
    public async Task Inspect_ExecutorsNobodyHas_AreNamedInOrder()
    {
        await Acme.CreateAsync(Work.Job("1", Schedule.Manual, "zeta"));
        await Acme.CreateAsync(Work.Job("2", Schedule.Manual, "alpha"));
        await Acme.CreateAsync(Work.Job("3", Schedule.Manual, "known"));
        await Process("known").ClaimAsync();
        Assert.Equal(["alpha", "zeta"], (await Store.Claims.InspectAsync(default)).ExecutorsWithoutNode);

        await Acme.DeleteAsync("2");
        await Acme.UpdateAsync("1", new JobChange { Executor = "known" });

        Assert.Empty((await Store.Claims.InspectAsync(default)).ExecutorsWithoutNode);
    }

    [Fact]
    public async Task Tenant_Unknown_HasNoLimitsAndNothingRunning()
    {
        var state = await Store.Jobs.GetTenantAsync(new TenantId("nobody"), default);

        Assert.Equal((TenantLimits.None, 0, null), (state.Limits, state.Running, state.HeldSince));
    }
}
