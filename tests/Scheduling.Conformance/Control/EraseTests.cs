using System.Globalization;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Erasing a tenant: everything goes, in batches, counted, and nobody else's.</summary>
public abstract class EraseTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    [Fact]
    public async Task Erase_Nothing_IsAllZero()
    {
        Assert.Equal(new TenantErasure(), await Scheduler.EraseTenantAsync(new TenantId("nobody")));
        Assert.Equal(new TenantErasure(), await Scheduler.EraseTenantAsync(new TenantId("nobody")));
    }

    [Fact]
    public async Task Erase_EverythingOfATenant_IsCountedAndGone()
    {
        var ids = await FillAsync(Acme);
        await FillAsync(Tenant("globex"));
        await Scheduler.SetLimitsAsync(Acme.Tenant, new TenantLimits { MaximumRunning = 3 });
        await Scheduler.PauseAsync(PauseScope.For(Acme.Tenant, "other"));
        await Scheduler.PauseAsync(PauseScope.ForExecutor("other"));

        var erased = await Scheduler.EraseTenantAsync(Acme.Tenant);

        Assert.Equal(new TenantErasure { Jobs = 3, Executions = 3, Events = 2, Secrets = 2, Pauses = 1 }, erased);
        Assert.Empty((await Acme.ListAsync()).Items);
        Assert.Empty((await Acme.Executions.ListAsync()).Items);
        foreach (var id in ids)
        {
            Assert.Null(await Acme.Executions.GetAsync(id));
            Assert.Null(await Acme.Executions.ListEventsAsync(id));
        }
        Assert.Empty((await Acme.Secrets.ListNamesAsync()).Items);
        Assert.Null(await Store.Secrets.GetAsync(Acme.Tenant, "token", default));
        Assert.Equal(TenantLimits.None, await Scheduler.GetLimitsAsync(Acme.Tenant));
        Assert.Equal(PauseScope.ForExecutor("other"), Assert.Single((await Scheduler.ListPausesAsync()).Items).Scope);
        Assert.Equal(new TenantErasure(), await Scheduler.EraseTenantAsync(Acme.Tenant));
    }

    [Fact]
    public async Task Erase_OtherTenants_KeepEverything()
    {
        await FillAsync(Acme);
        var theirs = await FillAsync(Tenant("globex"));

        await Scheduler.EraseTenantAsync(Acme.Tenant);

        Assert.Equal(3, (await Tenant("globex").ListAsync()).Items.Count);
        Assert.Equal(theirs.Order(), (await Tenant("globex").Executions.ListAsync()).Items.Select(static row => row.Id).Order());
        Assert.Equal(2, (await Tenant("globex").Executions.ListEventsAsync(theirs[0]))!.Items.Count);
        Assert.Equal(2, (await Tenant("globex").Secrets.ListNamesAsync()).Items.Count);
    }

    [Fact]
    public async Task Erase_InBatches_GoesOnUntilNothingIsLeft()
    {
        for (var n = 0; n < 7; n++)
            await DueNowAsync(string.Create(CultureInfo.InvariantCulture, $"job-{n}"));
        var node = Process();
        await node.ClaimAsync();
        await node.SucceedAllAsync();
        await Acme.Secrets.SetAsync("token", "value");
        var request = new EraseTenantRequest { Tenant = Acme.Tenant, BatchSize = 3 };
        var (jobs, executions, batches, hasMore) = (0L, 0L, 0, true);

        for (; hasMore; batches++)
        {
            var batch = await Store.Jobs.EraseAsync(request, default);
            Assert.True(batch is { Jobs: <= 3, Executions: <= 6 } && batches < 20);
            (jobs, executions, hasMore) = (jobs + batch.Jobs, executions + batch.Executions, batch.HasMore);
        }

        Assert.Equal((7L, 7L), (jobs, executions));
        Assert.True(batches >= 3);
        Assert.Empty((await Acme.ListAsync()).Items);
        Assert.Empty((await Acme.Executions.ListAsync()).Items);
    }

    [Fact]
    public async Task Erase_WhatRuns_IsAskedToEndAndLeavesNothing()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();

        var erased = await Scheduler.EraseTenantAsync(Acme.Tenant);

        Invariants.RunningJobsWereDeleted = true;
        Assert.Equal((1L, 1), (erased.Jobs, erased.StillRunning));
        Assert.Equal(run.Id, Assert.Single((await node.RenewAsync()).CancelRequested).Id);
        Assert.Equal(SettlementOutcome.Accepted, await node.SettleAsync(Result.Of(run, ExecutionStatus.Cancelled, ExecutionReason.CancelRequested)));
        Assert.Null(await Acme.Executions.GetAsync(run.Id));
        Assert.Equal(new TenantErasure(), await Scheduler.EraseTenantAsync(Acme.Tenant));
        Invariants.RunningJobsWereDeleted = false;
    }

    [Fact]
    public async Task Erase_ThenCreate_BeginsAnew()
    {
        await FillAsync(Acme);
        await Scheduler.EraseTenantAsync(Acme.Tenant);

        var again = await FillAsync(Acme);

        Assert.Equal(again.Count, (await Acme.Executions.ListAsync()).Items.Count);
        await Process().SweepAsync();
        Assert.Equal(again.Count, (await Acme.Executions.ListAsync()).Items.Count);
        Assert.Equal(1, Assert.Single((await Acme.Secrets.ListNamesAsync(1)).Items).Version);
    }

    [Fact]
    public async Task Erase_ThenSweep_FindsNothingBroken()
    {
        await FillAsync(Acme);
        await FillAsync(Tenant("globex"));
        await Scheduler.EraseTenantAsync(Acme.Tenant);
        var node = Process();
        await node.SweepAsync();
        Invariants.HistoryWasPurged = true;
        Advance(TestProcess.Retention + Minute);

        while ((await node.SweepAsync()).HasMore)
        {
        }

        Assert.Empty((await Tenant("globex").Executions.ListAsync(new ExecutionQuery { Status = ExecutionStatus.Succeeded })).Items);
    }

    [Fact]
    public async Task Erase_RunNowKeys_AreForgotten()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        await Acme.RunNowAsync("job", "once");
        await Scheduler.EraseTenantAsync(Acme.Tenant);

        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        var again = await Acme.RunNowAsync("job", "once");

        Assert.Equal(ExecutionStatus.Pending, again.Status);
    }

    /// <summary>Three jobs with three executions (two ended, one pending), two events and two secrets.</summary>
    /// <returns>The executions; the first one has the events.</returns>
    private async Task<List<ExecutionId>> FillAsync(ITenantJobs tenant)
    {
        var node = Process();
        foreach (var key in (string[])["a", "b"])
        {
            await tenant.CreateAsync(Work.Job(key, Schedule.Manual));
            await tenant.RunNowAsync(key);
        }
        var runs = (await node.ClaimAsync()).Runs;
        RunEvent[] events = [new() { Number = 1, At = Now, Attempt = 1, Level = RunEventLevel.Warning, Name = "one" }, new() { Number = 2, At = Now, Attempt = 1, Level = RunEventLevel.Warning, Name = "two" }];
        await node.SettleAllAsync([Result.Of(runs[0], report: new RunReport { Id = runs[0].Id, Tenant = runs[0].Tenant, JobId = runs[0].JobId, Token = runs[0].Token, Events = events }), Result.Failed(runs[1])]);
        await tenant.CreateAsync(Work.Job("pending", Schedule.Manual, "elsewhere"));
        var pending = await tenant.RunNowAsync("pending");
        await tenant.Secrets.SetAsync("token", "value");
        await tenant.Secrets.SetAsync("other", "value");
        return [runs[0].Id, runs[1].Id, pending.Id];
    }
}
