using System.Globalization;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Conformance;

/// <summary>Filters, orders and counts of a tenant's jobs: by what people see, and whatever is in the texts.</summary>
public abstract class JobSearchTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    [Theory]
    [InlineData("sync-", "sync-1,sync-2")]
    [InlineData("sync-1", "sync-1")]
    [InlineData("SYNC", "")]
    [InlineData("%", "%odd")]
    [InlineData("_", "_odd")]
    [InlineData("\\", "\\odd")]
    [InlineData("'", "'; drop table jobs; --")]
    [InlineData("ä", "äö")]
    [InlineData("😀", "😀")]
    [InlineData("", "%odd,'; drop table jobs; --,\\odd,_odd,other,sync-1,sync-2,äö,😀")]
    public async Task KeyPrefix_IsOrdinalAndNothingInItIsSpecial(string prefix, string expected)
    {
        foreach (var key in (string[])["sync-1", "sync-2", "other", "%odd", "_odd", "\\odd", "'; drop table jobs; --", "äö", "😀"])
            await Acme.CreateAsync(Work.Job(key, Schedule.Manual));

        Assert.Equal(expected, await KeysAsync(new JobFilter { KeyPrefix = prefix }, JobOrder.Key));
    }

    [Theory]
    [InlineData("git", "a,b")]
    [InlineData("GIT", "a,b")]
    [InlineData("hub", "a")]
    [InlineData("%", "c")]
    [InlineData("_", "d")]
    [InlineData("\\", "e")]
    [InlineData("É", "f")]
    [InlineData("é", "")]
    [InlineData("nowhere", "")]
    public async Task NameContains_IgnoresTheCaseOfAsciiOnly(string part, string expected)
    {
        await NameAsync("a", "GitHub sync");
        await NameAsync("b", "my gITlab");
        await NameAsync("c", "100%");
        await NameAsync("d", "under_score");
        await NameAsync("e", "back\\slash");
        await NameAsync("f", "CAFÉ");
        await NameAsync("g", name: null);

        Assert.Equal(expected, await KeysAsync(new JobFilter { NameContains = part }, JobOrder.Key));
    }

    [Fact]
    public async Task Executor_IsExact()
    {
        await Acme.CreateAsync(Work.Job("a", Schedule.Manual, "sync"));
        await Acme.CreateAsync(Work.Job("b", Schedule.Manual, "sync.fast"));

        Assert.Equal("a", await KeysAsync(new JobFilter { Executor = "sync" }));
    }

    [Fact]
    public async Task StateActivePaused_TellOwnFromWidePauses()
    {
        await EveryAsync(Minute, "runs");
        await EveryAsync(Minute, "paused");
        await Acme.PauseAsync("paused");
        await Acme.CreateAsync(Work.Job("stopped", Schedule.Interval(Minute), "stopped"));
        await Scheduler.PauseAsync(PauseScope.ForExecutor("stopped"));

        Assert.Equal("runs,stopped", await KeysAsync(new JobFilter { IsActive = true }));
        Assert.Equal("paused", await KeysAsync(new JobFilter { IsActive = false }));
        Assert.Equal("paused,stopped", await KeysAsync(new JobFilter { IsPaused = true }));
        Assert.Equal("runs", await KeysAsync(new JobFilter { IsPaused = false }));
        Assert.Equal("paused,stopped", await KeysAsync(new JobFilter { State = JobState.Paused }));
        Assert.Equal("runs", await KeysAsync(new JobFilter { State = JobState.Active }));
    }

    [Fact]
    public async Task Overdue_IsWhatShouldHaveStartedAndIsNotPaused()
    {
        await EveryAsync(Minute, "late");
        await EveryAsync(Minute * 10, "early");
        await EveryAsync(Minute, "paused");
        await Acme.PauseAsync("paused");
        await Acme.CreateAsync(Work.Job("manual", Schedule.Manual));
        AdvanceTo(Start + Minute);
        Assert.Equal("", await KeysAsync(new JobFilter { IsOverdue = true }));
        Advance(Fixture.ClockPrecision);

        Assert.Equal("late", await KeysAsync(new JobFilter { IsOverdue = true }));
        Assert.Equal("early,manual,paused", Sorted(await KeysAsync(new JobFilter { IsOverdue = false })));
        await Scheduler.PauseAsync(PauseScope.ForTenant(Acme.Tenant));
        Assert.Equal("", await KeysAsync(new JobFilter { IsOverdue = true }));
    }

    [Fact]
    public async Task LastStatus_IsThatOfTheNewestStart()
    {
        await DueNowAsync("done");
        await DueNowAsync("failed");
        await DueNowAsync("running");
        await DueNowAsync("retrying");
        await Acme.CreateAsync(Work.Job("never", Schedule.Manual));
        var node = Process();
        var runs = (await node.ClaimAsync()).Runs.ToDictionary(static run => run.Definition.Key!);
        await node.SettleAllAsync([Result.Of(runs["done"]), Result.Failed(runs["failed"]), Result.Retry(runs["retrying"], Minute)]);

        Assert.Equal("done", await KeysAsync(new JobFilter { LastStatus = ExecutionStatus.Succeeded }));
        Assert.Equal("failed", await KeysAsync(new JobFilter { LastStatus = ExecutionStatus.Failed }));
        Assert.Equal("running", await KeysAsync(new JobFilter { LastStatus = ExecutionStatus.Running }));
        Assert.Equal("retrying", await KeysAsync(new JobFilter { LastStatus = ExecutionStatus.Pending }));
    }

    [Fact]
    public async Task Filter_Conditions_AllHold()
    {
        await NameAsync("a-1", "one");
        await NameAsync("a-2", "two");
        await NameAsync("b-1", "one");

        Assert.Equal("a-1", await KeysAsync(new JobFilter { KeyPrefix = "a-", NameContains = "one", Executor = Work.Executor, IsActive = true, IsPaused = false, IsOverdue = false }));
    }

    [Theory]
    [InlineData(JobOrder.Created, false, "c,b,a,e,d")]
    [InlineData(JobOrder.Created, true, "d,e,a,b,c")]
    [InlineData(JobOrder.Key, false, "a,b,c,d,e")]
    [InlineData(JobOrder.Key, true, "e,d,c,b,a")]
    [InlineData(JobOrder.Name, false, "c,b,a,e,d")]
    [InlineData(JobOrder.Name, true, "a,b,c,d,e")]
    [InlineData(JobOrder.NextRun, false, "b,a,e,c,d")]
    [InlineData(JobOrder.NextRun, true, "e,a,b,d,c")]
    [InlineData(JobOrder.LastRun, false, "a,c,b,e,d")]
    [InlineData(JobOrder.LastRun, true, "c,a,d,e,b")]
    public async Task Order_WithPagesOfAnySize_ShowsEachOnceInItsPlace(JobOrder order, bool isDescending, string expected)
    {
        await OrderableAsync();

        for (var size = 1; size <= 6; size++)
            Assert.Equal(expected, await KeysAsync(JobFilter.None, order, isDescending, size));
        Assert.Equal(expected, await KeysAsync(new JobFilter { Executor = Work.Executor }, order, isDescending, 2));
    }

    [Fact]
    public async Task Order_Texts_GoByCodePoints()
    {
        foreach (var key in (string[])["b", "a", "B", "aa", "ä", "\uFB01", "😀", "Z"])
            await Acme.CreateAsync(Work.Job(key, Schedule.Manual));

        Assert.Equal("B,Z,a,aa,b,ä,\uFB01,😀", await KeysAsync(JobFilter.None, JobOrder.Key, isDescending: false, pageSize: 3));
    }

    [Fact]
    public async Task Order_ByNextRun_WidelyPausedJobsHaveNone()
    {
        await EveryAsync(Minute, "later-stopped");
        await Acme.CreateAsync(Work.Job("runs", Schedule.Interval(Minute * 5), "other"));
        await Scheduler.PauseAsync(PauseScope.ForExecutor(Work.Executor));

        Assert.Equal("runs,later-stopped", await KeysAsync(JobFilter.None, JobOrder.NextRun));
    }

    [Fact]
    public async Task Filter_OtherTenantsJobs_AreNeverShown()
    {
        await Acme.CreateAsync(Work.Job("ours", Schedule.Manual));
        await Tenant("globex").CreateAsync(Work.Job("theirs", Schedule.Manual));

        foreach (var order in Enum.GetValues<JobOrder>())
            Assert.Equal("ours", await KeysAsync(new JobFilter { IsActive = true }, order));
    }

    [Fact]
    public async Task List_CursorOfAnotherFilterOrOrder_IsRefused()
    {
        await OrderableAsync();
        var query = new JobQuery { OrderBy = JobOrder.Name, PageSize = 1 };
        var cursor = (await Acme.ListAsync(query)).Cursor;

        foreach (var other in (JobQuery[])[query with { IsDescending = true }, query with { OrderBy = JobOrder.Key }, query with { Filter = new JobFilter { KeyPrefix = "a" } }, query with { Filter = new JobFilter { IsPaused = false } }])
            await Assert.ThrowsAsync<InvalidCursorException>(async () => await Acme.ListAsync(other with { Cursor = cursor }));
        Assert.Single((await Acme.ListAsync(query with { PageSize = 1, Cursor = cursor })).Items);
    }

    [Fact]
    public async Task List_WhatCannotBeAsked_IsRefusedWithItsName()
    {
        var refused = await Assert.ThrowsAsync<SchedulingValidationException>(async () => await Acme.ListAsync(new JobQuery { Filter = new JobFilter { KeyPrefix = "a\0b", NameContains = new string('x', 257), Executor = "" } }));

        Assert.Equal(["keyPrefix", "nameContains", "executor"], refused.Errors.Select(static error => error.Field));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Acme.ListAsync(new JobQuery { PageSize = 0 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Acme.ListAsync(new JobQuery { PageSize = 1_001 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Acme.ListAsync(new JobQuery { OrderBy = (JobOrder)99 }));
    }

    [Fact]
    public async Task Count_EveryCombination_IsOneRow()
    {
        await DueNowAsync("done");
        await EveryAsync(Minute, "a");
        await EveryAsync(Minute, "b");
        await EveryAsync(Minute, "paused");
        await Acme.PauseAsync("paused");
        await Acme.CreateAsync(Work.Job("stopped", Schedule.Interval(Minute), "archive"));
        await Scheduler.PauseAsync(PauseScope.ForExecutor("archive"));
        await Tenant("globex").CreateAsync(Work.Job("theirs", Schedule.Manual));
        var node = Process();
        await node.SucceedAsync(await node.ClaimOneAsync());

        Assert.Equal(
            [
                new JobCount { Executor = "archive", State = JobState.Paused, Count = 1 },
                new JobCount { Executor = Work.Executor, State = JobState.Active, Count = 2 },
                new JobCount { Executor = Work.Executor, State = JobState.Paused, Count = 1 },
                new JobCount { Executor = Work.Executor, State = JobState.Completed, LastStatus = ExecutionStatus.Succeeded, Count = 1 },
            ],
            await Acme.CountAsync());
        Assert.Empty(await Tenant("nobody").CountAsync());
    }

    /// <summary>Five jobs whose orders all differ; d has no name, no next run and no last run.</summary>
    private async Task OrderableAsync()
    {
        var node = Process();
        foreach (var (key, name, every) in ((string, string?, int)[])[("c", "1", 40), ("b", "2", 10), ("a", "3", 20), ("e", null, 30), ("d", null, 0)])
        {
            Advance(Duration.FromMilliseconds(1));
            var schedule = every == 0 ? Schedule.Manual : Schedule.Interval(Minute * every);
            await Acme.CreateAsync(Work.Job(key, schedule) with { Name = name });
        }
        foreach (var key in (string[])["a", "c"])
        {
            Advance(Duration.FromSeconds(1));
            await Acme.RunNowAsync(key);
            await node.SucceedAsync(await node.ClaimOneAsync());
        }
        await Acme.PauseAsync("c");
    }

    private async Task NameAsync(string key, string? name) => await Acme.CreateAsync(Work.Job(key, Schedule.Manual) with { Name = name });

    private async Task<string> KeysAsync(JobFilter filter, JobOrder order = JobOrder.Key, bool isDescending = false, int pageSize = 100)
    {
        var keys = new List<string>();
        var query = new JobQuery { Filter = filter, OrderBy = order, IsDescending = isDescending, PageSize = pageSize };
        do
        {
            var page = await Acme.ListAsync(query);
            keys.AddRange(page.Items.Select(static job => job.Key));
            query = query with { Cursor = page.Cursor };
            Assert.True(keys.Count < 100, string.Create(CultureInfo.InvariantCulture, $"The pages never end: {string.Join(',', keys)}"));
        }
        while (query.Cursor is not null);
        return string.Join(',', keys);
    }

    private static string Sorted(string keys) => string.Join(',', keys.Split(',').Order(StringComparer.Ordinal));
}
