using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>Pauses of tenants and executors: what is due stays as it is, nothing starts, and what passed is skipped when they end.</summary>
public abstract class WidePauseTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private const string Other = "other";
    private static readonly Duration Minute = Duration.FromMinutes(1);
    private static readonly PauseScope OfAcme = PauseScope.ForTenant(new TenantId("acme"));

    [Theory]
    [InlineData("tenant")]
    [InlineData("executor")]
    [InlineData("both")]
    public async Task Pause_ThenDue_NothingStartsUntilResumed(string kind)
    {
        await EveryAsync(Minute);
        var scope = ScopeOf(kind);
        await Scheduler.PauseAsync(scope);
        Advance(Duration.FromMinutes(10) + Duration.FromSeconds(30));
        var node = Process();

        var paused = await node.ClaimAsync();
        await Scheduler.ResumeAsync(scope);
        var resumed = await node.ClaimAsync();

        Assert.Empty(paused.Runs);
        Assert.Empty(paused.Gaps);
        Assert.False(paused.HasMore || paused.LacksPlaces);
        Assert.Empty(resumed.Runs);
        var gap = Assert.Single(resumed.Gaps).Gap;
        Assert.Equal((ExecutionStatus.Skipped, ExecutionReason.Paused, new SlotRange(Start + Minute, Start + (Minute * 10), 10)), (gap.Status, gap.Reason, gap.Slots));
        var row = Assert.Single(await HistoryAsync("job"));
        Assert.Equal((ExecutionStatus.Skipped, ExecutionReason.Paused, 10L), (row.Status, row.Reason, row.Slots!.Value.Count));
        Advance(Duration.FromSeconds(30));
        var run = await node.ClaimOneAsync();
        Assert.Equal((SlotRange.Of(Now), Duration.Zero), (run.Slots, run.Lag));
        await node.SucceedAsync(run);
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("executor")]
    [InlineData("both")]
    public async Task Pause_JobsThatComeLater_AreStoppedToo(string kind)
    {
        await Scheduler.PauseAsync(ScopeOf(kind));

        var job = await EveryAsync(Minute);
        Advance(Minute * 2);

        Assert.Equal((JobState.Paused, null, null), (job.State, job.NextRunAt, job.NextSlot));
        Assert.Empty((await Process().ClaimAsync()).Runs);
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("executor")]
    [InlineData("both")]
    public async Task Pause_ShowsInEveryAnswer_AndLeavesTheJobAlone(string kind)
    {
        var job = await EveryAsync(Minute);
        var pause = await Scheduler.PauseAsync(ScopeOf(kind), by: "ann", reason: "maintenance", until: Start + Duration.FromHours(1));

        var read = await ReadAsync("job");
        var listed = Assert.Single((await Acme.ListAsync()).Items);
        var renamed = await Acme.UpdateAsync("job", new JobChange { Name = "renamed" });
        var unchanged = await Acme.UpdateAsync("job", new JobChange { Name = "renamed" });

        foreach (var shown in (Job[])[read, listed, renamed, unchanged])
        {
            Assert.Equal((JobState.Paused, null, null, pause), (shown.State, shown.NextRunAt, shown.NextSlot, shown.ScopedPause));
            Assert.True(shown.Active);
            Assert.Null(shown.Pause);
        }
        Assert.Equal(("ann", "maintenance", Start, Start + Duration.FromHours(1)), (pause.Pause.By, pause.Pause.Reason, pause.Pause.Since, pause.End));
        await Scheduler.ResumeAsync(ScopeOf(kind));
        Assert.Equal(job with { Definition = renamed.Definition, Version = 2, UpdatedAt = renamed.UpdatedAt }, await ReadAsync("job"));
    }

    [Fact]
    public async Task Pause_OfOneScope_LeavesTheOthersAlone()
    {
        await DueNowAsync("acme-work");
        await Acme.CreateAsync(Work.Job("acme-other", Schedule.Once(Now), Other));
        await Tenant("zeta").CreateAsync(Work.Job("zeta-work", Schedule.Once(Now)));
        await Tenant("zeta").CreateAsync(Work.Job("zeta-other", Schedule.Once(Now), Other));
        var node = Process(Work.Executor, Other);

        await Scheduler.PauseAsync(PauseScope.For(new TenantId("acme"), Other));
        Assert.Equal(["acme-work", "zeta-other", "zeta-work"], await StartedAsync(node));
        Advance(Fixture.ClockPrecision);
        await Scheduler.ResumeAsync(PauseScope.For(new TenantId("acme"), Other));
        Assert.Empty(await StartedAsync(node));

        Assert.Equal(ExecutionReason.Paused, Assert.Single(await HistoryAsync("acme-other")).Reason);
    }

    [Fact]
    public async Task Pause_OfAnExecutor_LeavesOtherExecutorsAlone()
    {
        await DueNowAsync("work");
        await Acme.CreateAsync(Work.Job("other", Schedule.Once(Now), Other));
        await Scheduler.PauseAsync(PauseScope.ForExecutor(Work.Executor));

        Assert.Equal(["other"], await StartedAsync(Process(Work.Executor, Other)));
    }

    [Fact]
    public async Task Pause_WhatRuns_GoesOnAndSettles()
    {
        await EveryAsync(Minute);
        var node = Process();
        Advance(Minute);
        var run = await node.ClaimOneAsync();
        await Scheduler.PauseAsync(OfAcme);
        Advance(Minute);

        Assert.Empty((await node.RenewAsync()).Lost);
        await node.SucceedAsync(run);

        Assert.Equal(ExecutionStatus.Succeeded, (await ReadAsync(run.Id)).Status);
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("executor")]
    [InlineData("both")]
    public async Task Pause_WhatIsPending_WaitsForItsEnd(string kind)
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        var execution = await Acme.RunNowAsync("job");
        await Scheduler.PauseAsync(ScopeOf(kind));
        var node = Process();

        Assert.Empty((await node.ClaimAsync()).Runs);
        await Scheduler.ResumeAsync(ScopeOf(kind));

        var run = await node.ClaimOneAsync();
        Assert.Equal(execution.Id, run.Id);
        await node.SucceedAsync(run);
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("executor")]
    [InlineData("both")]
    public async Task Pause_ARetryOfWhatRan_WaitsForItsEnd(string kind)
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        await Scheduler.PauseAsync(ScopeOf(kind));
        await node.SettleAsync(Result.Retry(run, Duration.FromSeconds(10)));
        Advance(Minute);

        Assert.Empty((await node.ClaimAsync()).Runs);
        await Scheduler.ResumeAsync(ScopeOf(kind));

        var again = await node.ClaimOneAsync();
        Assert.Equal((run.Id, 2), (again.Id, again.Attempt));
        await node.SucceedAsync(again);
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("executor")]
    [InlineData("both")]
    public async Task RunNow_WhilePaused_IsRefusedWithThePause(string kind)
    {
        await EveryAsync(Minute);
        var pause = await Scheduler.PauseAsync(ScopeOf(kind), by: "ann", reason: "maintenance");

        var refused = await Assert.ThrowsAsync<JobsPausedException>(async () => await Acme.RunNowAsync("job"));

        Assert.Equal(pause, refused.Pause);
        Assert.Empty(await HistoryAsync("job"));
        await Scheduler.ResumeAsync(ScopeOf(kind));
        await Acme.RunNowAsync("job");
    }

    [Fact]
    public async Task RunNow_RepeatedWhilePaused_GivesTheRunThatIsThere()
    {
        await EveryAsync(Minute);
        var execution = await Acme.RunNowAsync("job", "once");
        await Scheduler.PauseAsync(OfAcme);

        Assert.Equal(execution.Id, (await Acme.RunNowAsync("job", "once")).Id);
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("executor")]
    [InlineData("both")]
    public async Task Pause_OverdueWhenItBegan_IsMissedAndWhatPassedIsSkipped(string kind)
    {
        await EveryAsync(Minute);
        Advance(Minute * 5);
        Advance(Duration.FromSeconds(1));
        await Scheduler.PauseAsync(ScopeOf(kind));
        Advance(Minute * 2);
        await Scheduler.ResumeAsync(ScopeOf(kind));

        Assert.Empty((await Process().ClaimAsync()).Runs);

        var rows = await HistoryAsync("job");
        Assert.Equal([(ExecutionStatus.Missed, 5L), (ExecutionStatus.Skipped, 2L)], rows.Select(static row => (row.Status, row.Slots!.Value.Count)));
        Assert.All(rows, static row => Assert.Equal(ExecutionReason.Paused, row.Reason));
    }

    [Fact]
    public async Task Resume_AtTheVerySecondOfASlot_RunsIt()
    {
        await EveryAsync(Minute);
        await Scheduler.PauseAsync(OfAcme);
        Advance(Minute * 10);
        await Scheduler.ResumeAsync(OfAcme);

        Assert.Equal(SlotRange.Of(Now), (await Process().ClaimOneAsync()).Slots);
        Assert.Equal(9, (await HistoryAsync("job"))[0].Slots!.Value.Count);
    }

    [Fact]
    public async Task Resume_LongAgoWhenSomebodyLooks_SkipsThePauseAndCatchesUpTheRest()
    {
        await EveryAsync(Minute);
        await Scheduler.PauseAsync(OfAcme);
        Advance(Minute * 10);
        await Scheduler.ResumeAsync(OfAcme);
        Advance(Minute * 20);

        var claim = await Process().ClaimAsync();

        Assert.Equal(new SlotRange(Start + Minute, Start + (Minute * 9), 9), Assert.Single(claim.Gaps).Gap.Slots);
        Assert.Equal(new SlotRange(Start + (Minute * 10), Start + (Minute * 30), 21), Assert.Single(claim.Runs).Slots);
    }

    [Fact]
    public async Task Pauses_OneAfterTheOther_NothingLooksBetween_AreAllAnsweredFor()
    {
        await EveryAsync(Minute);
        await PauseForAsync(OfAcme, Minute + Duration.FromSeconds(30));
        Advance(Minute);
        await PauseForAsync(PauseScope.ForExecutor(Work.Executor), Minute);

        Assert.Empty((await Process().ClaimAsync()).Runs);

        Assert.Equal(
            [(ExecutionStatus.Skipped, Minute), (ExecutionStatus.Missed, Minute * 2), (ExecutionStatus.Skipped, Minute * 3)],
            (await HistoryAsync("job")).Select(row => (row.Status, row.Slots!.Value.First - Start)));
    }

    [Fact]
    public async Task Pauses_ThatOverlap_AreOneStretch()
    {
        await EveryAsync(Minute);
        await Scheduler.PauseAsync(OfAcme);
        Advance(Minute * 2);
        await Scheduler.PauseAsync(PauseScope.ForExecutor(Work.Executor));
        Advance(Minute * 2);
        await Scheduler.ResumeAsync(OfAcme);
        Advance(Minute * 2);
        Assert.Empty((await Process().ClaimAsync()).Gaps);
        Assert.Equal(PauseScope.ForExecutor(Work.Executor), (await ReadAsync("job")).ScopedPause?.Scope);
        await Scheduler.ResumeAsync(PauseScope.ForExecutor(Work.Executor));
        Advance(Duration.FromSeconds(30));

        Assert.Equal(SlotRange.Of(Start + (Minute * 6)), (await Process().ClaimOneAsync()).Slots);

        Assert.Equal(new SlotRange(Start + Minute, Start + (Minute * 5), 5), (await HistoryAsync("job"))[0].Slots);
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("executor")]
    [InlineData("both")]
    public async Task Until_ComesByItself_TheNextClaimGoesOn(string kind)
    {
        await EveryAsync(Minute);
        var until = Start + Duration.FromMinutes(10) + Duration.FromSeconds(30);
        await Scheduler.PauseAsync(ScopeOf(kind), until: until);
        var node = Process();
        Advance(Minute);
        Assert.Equal(until, (await node.ClaimAsync()).NextWake);
        AdvanceTo(until - Fixture.ClockPrecision);
        Assert.Empty((await node.ClaimAsync()).Gaps);
        Assert.NotNull((await ReadAsync("job")).ScopedPause);
        AdvanceTo(until);
        Assert.Equal((JobState.Active, null), ((await ReadAsync("job")).State, (await ReadAsync("job")).ScopedPause));

        var claim = await node.ClaimAsync();

        Assert.Empty(claim.Runs);
        Assert.Equal(10, Assert.Single(claim.Gaps).Gap.Slots.Count);
        Assert.Equal(Start + (Minute * 11), claim.NextWake);
        Assert.Equal(Start + (Minute * 11), (await ReadAsync("job")).NextRunAt);
    }

    [Fact]
    public async Task Until_NotAfterNow_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<SchedulingValidationException>(async () => await Scheduler.PauseAsync(OfAcme, until: Now));

        Assert.Equal("until", Assert.Single(refused.Errors).Field);
        Assert.Empty(await PausesAsync());
    }

    [Fact]
    public async Task Pause_Again_KeepsItsBeginningAndChangesTheRest()
    {
        await Scheduler.PauseAsync(OfAcme, by: "ann", reason: "maintenance");
        Advance(Minute);
        var changed = await Scheduler.PauseAsync(OfAcme, by: "bob", until: Now + Minute);

        Assert.Equal((Start, "bob", null, Now + Minute), (changed.Pause.Since, changed.Pause.By, changed.Pause.Reason, changed.End));
        Assert.Equal(changed, Assert.Single(await PausesAsync()));
        Advance(Minute);
        var anew = await Scheduler.PauseAsync(OfAcme);
        Assert.Equal((Now, null), (anew.Pause.Since, anew.End));
        Assert.Equal([changed, anew], await PausesAsync(includesEnded: true));
    }

    [Fact]
    public async Task Pause_ShortenedToNow_LetsTheWorkGoAtItsNewEnd()
    {
        await EveryAsync(Minute);
        await Scheduler.PauseAsync(OfAcme);
        Advance(Minute * 2);
        await Process().ClaimAsync();
        await Scheduler.PauseAsync(OfAcme, until: Now + Duration.FromSeconds(30));

        Assert.Equal(Now + Duration.FromSeconds(30), (await Process().ClaimAsync()).NextWake);
        Advance(Minute);
        Assert.Equal(SlotRange.Of(Now), (await Process().ClaimOneAsync()).Slots);
    }

    [Fact]
    public async Task Resume_NotPaused_IsNothing()
    {
        Assert.Null(await Scheduler.ResumeAsync(OfAcme));
        await Scheduler.PauseAsync(OfAcme);
        Assert.Null(await Scheduler.ResumeAsync(PauseScope.ForExecutor(Work.Executor)));
        Assert.Equal(Now, (await Scheduler.ResumeAsync(OfAcme))?.ResumedAt);
        Assert.Null(await Scheduler.ResumeAsync(OfAcme));
    }

    [Fact]
    public async Task List_ConcernsPageAndOrder()
    {
        PauseScope[] scopes =
        [
            PauseScope.ForExecutor("a"), PauseScope.ForExecutor("b"), PauseScope.ForTenant(new("acme")), PauseScope.For(new("acme"), "a"), PauseScope.For(new("acme"), "b"), PauseScope.ForTenant(new("zeta")),
        ];
        foreach (var scope in scopes.Reverse())
            await Scheduler.PauseAsync(scope);

        var all = await PausesAsync();
        var second = await Store.Pauses.ListAsync(new ListPausesRequest { After = all[1], Size = 3 }, default);

        Assert.Equal(scopes, all.Select(static pause => pause.Scope));
        Assert.Equal(scopes[2..5], second.Select(static pause => pause.Scope));
        Assert.Equal(scopes[..5], (await ListAsync(tenant: "acme")).Select(static pause => pause.Scope));
        Assert.Equal([scopes[0], scopes[2], scopes[3], scopes[5]], (await ListAsync(executor: "a")).Select(static pause => pause.Scope));
        Assert.Equal([scopes[0], scopes[2], scopes[3]], (await ListAsync("acme", "a")).Select(static pause => pause.Scope));
    }

    [Fact]
    public async Task Status_TellsWhatIsPausedAndDoesNotCallItDue()
    {
        await EveryAsync(Minute);
        var pause = await Scheduler.PauseAsync(PauseScope.ForExecutor(Work.Executor), reason: "broken upstream");
        Advance(Minute * 5);

        var status = await Store.Claims.InspectAsync(default);

        Assert.Equal([pause], status.Pauses);
        Assert.Null(status.OldestDue);
        await Scheduler.ResumeAsync(PauseScope.ForExecutor(Work.Executor));
        status = await Store.Claims.InspectAsync(default);
        Assert.Empty(status.Pauses);
        Assert.NotNull(status.OldestDue);
    }

    [Theory]
    [InlineData("tenant")]
    [InlineData("executor")]
    [InlineData("both")]
    public async Task Sweep_PausedWorkThatNobodyHas_IsNotParked(string kind)
    {
        await EveryAsync(Minute);
        await Scheduler.PauseAsync(ScopeOf(kind));
        Advance(Duration.FromHours(1));

        Assert.Empty((await Process("elsewhere").SweepAsync()).Parked);
    }

    [Fact]
    public async Task Sweep_EndedPauses_AreKeptAsLongAsTheHistory()
    {
        await PauseForAsync(OfAcme, Minute);
        await Scheduler.PauseAsync(PauseScope.ForExecutor("forever"));
        Advance(TestProcess.Retention);
        await Process().SweepAsync();
        Assert.Equal(2, (await PausesAsync(includesEnded: true)).Count);
        Advance(Fixture.ClockPrecision);
        await Process().SweepAsync();

        Assert.Equal("forever", Assert.Single(await PausesAsync(includesEnded: true)).Scope.Executor);
    }

    [Fact]
    public async Task OwnPause_InsideAWideOne_BothAreAnsweredForOnce()
    {
        await EveryAsync(Minute);
        await Scheduler.PauseAsync(OfAcme);
        Advance(Minute * 2);
        await Acme.PauseAsync("job", until: Start + (Minute * 6));
        Advance(Minute * 8);
        await Scheduler.ResumeAsync(OfAcme);
        Advance(Duration.FromSeconds(30));

        Assert.Equal(SlotRange.Of(Start + (Minute * 10)), (await Process().ClaimOneAsync()).Slots);

        var rows = await HistoryAsync("job");
        Assert.Equal(10, rows.Sum(static row => row.Slots!.Value.Count));
        Assert.All(rows.SkipLast(1), static row => Assert.Equal(ExecutionReason.Paused, row.Reason));
    }

    [Fact]
    public async Task Limit_HeldWorkThatIsThenPaused_GoesOnFromTheEndOfThePause()
    {
        await Scheduler.SetLimitsAsync(Acme.Tenant, new TenantLimits { MaximumRunning = 1 });
        await DueNowAsync("first");
        await EveryAsync(Minute);
        var node = Process();
        var run = await node.ClaimOneAsync();
        Advance(Minute * 2);
        Assert.Empty((await node.ClaimAsync()).Runs);
        await Scheduler.PauseAsync(OfAcme);
        await node.SucceedAsync(run);
        Assert.Empty((await node.ClaimAsync()).Runs);
        Advance(Duration.FromSeconds(90));
        await Scheduler.ResumeAsync(OfAcme);

        Assert.Empty((await node.ClaimAsync()).Runs);
        Advance(Duration.FromSeconds(30));

        Assert.Equal(SlotRange.Of(Now), (await node.ClaimOneAsync()).Slots);
    }

    [Fact]
    public async Task Resume_ManyTenantsOfAnExecutor_StartsNone()
    {
        for (var n = 0; n < 50; n++)
            await Tenant(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"tenant-{n}")).CreateAsync(Work.Job("job", Schedule.Interval(Minute)));
        await Scheduler.PauseAsync(PauseScope.ForExecutor(Work.Executor));
        Advance(Minute * 3);
        Advance(Duration.FromSeconds(1));
        await Scheduler.ResumeAsync(PauseScope.ForExecutor(Work.Executor));
        var (node, skipped) = (Process(), 0L);

        for (var claims = 0; claims < 10; claims++)
        {
            var claim = await node.ClaimAsync();
            Assert.Empty(claim.Runs);
            skipped += claim.Gaps.Sum(static gap => gap.Gap.Slots.Count);
        }

        Assert.Equal(150, skipped);
    }

    private static PauseScope ScopeOf(string kind) => kind switch
    {
        "tenant" => OfAcme,
        "executor" => PauseScope.ForExecutor(Work.Executor),
        _ => PauseScope.For(new TenantId("acme"), Work.Executor),
    };

    private async Task PauseForAsync(PauseScope scope, Duration pause)
    {
        await Scheduler.PauseAsync(scope);
        Advance(pause);
        await Scheduler.ResumeAsync(scope);
    }

    private async Task<List<string>> StartedAsync(TestProcess node)
    {
        var claim = await node.ClaimAsync();
        await node.SucceedAllAsync();
        return [.. claim.Runs.Select(static run => run.Definition.Key!).Order(StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<ScopedPause>> PausesAsync(bool includesEnded = false) =>
        await Store.Pauses.ListAsync(new ListPausesRequest { IncludesEnded = includesEnded, Size = 100 }, default);

    private async Task<IReadOnlyList<ScopedPause>> ListAsync(string? tenant = null, string? executor = null) =>
        await Store.Pauses.ListAsync(new ListPausesRequest { Tenant = tenant is null ? null : new TenantId(tenant), Executor = executor, Size = 100 }, default);
}
