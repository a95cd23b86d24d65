using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Conformance;

/// <summary>Looking back: filters, pages and rows that grow.</summary>
public abstract class HistoryTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task List_OpenAndEnded_IsNewestFirst()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual) with { Overlap = OverlapPolicy.Allow });
        var node = Process();
        var ids = new List<ExecutionId>();
        for (var n = 0; n < 4; n++)
        {
            Advance(Duration.FromSeconds(1));
            ids.Add((await Acme.RunNowAsync("job")).Id);
        }
        var runs = (await node.ClaimAsync(free: 3)).Runs;
        await node.SucceedAsync(runs.Single(run => run.Id == ids[1]));

        var page = await Acme.Executions.ListAsync();

        Assert.Equal(Enumerable.Reverse(ids), page.Items.Select(static row => row.Id));
        Assert.Equal(
            [ExecutionStatus.Pending, ExecutionStatus.Running, ExecutionStatus.Succeeded, ExecutionStatus.Running],
            page.Items.Select(static row => row.Status));
    }

    [Fact]
    public async Task Ids_MadeWithinOneInstant_RiseInTheOrderOfTheirMaking()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual) with { Overlap = OverlapPolicy.Allow });

        var ids = new List<ExecutionId>();
        for (var n = 0; n < 50; n++)
            ids.Add((await Acme.RunNowAsync("job")).Id);

        Assert.Equal(ids.Order(), ids);
    }

    [Fact]
    public async Task List_ByJobAndStatus_ShowsThoseOnly()
    {
        await EveryAsync(Duration.FromMinutes(1), "one");
        await EveryAsync(Duration.FromMinutes(1), "two");
        var node = Process();
        for (var n = 0; n < 4; n++)
        {
            Advance(Duration.FromMinutes(1));
            foreach (var run in (await node.ClaimAsync()).Runs)
                await node.SettleAsync(n % 2 == 0 && run.Definition.Key == "one" ? Result.Failed(run) : Result.Of(run));
        }

        Assert.Equal(2, await CountAsync("one", ExecutionStatus.Failed));
        Assert.Equal(2, await CountAsync("one", ExecutionStatus.Succeeded));
        Assert.Equal(0, await CountAsync("two", ExecutionStatus.Failed));
        Assert.Equal(4, await CountAsync("two", null));
        Assert.Equal(6, await CountAsync(null, ExecutionStatus.Succeeded));
        Assert.Equal(8, await CountAsync(null, null));
        Assert.Equal(0, await CountAsync(null, ExecutionStatus.Running));
    }

    [Fact]
    public async Task List_UnknownJob_IsNotFound() =>
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await Acme.Executions.ListAsync(new ExecutionQuery { Job = "nobody" }));

    [Fact]
    public async Task Get_Unknown_IsNull() => Assert.Null(await Acme.Executions.GetAsync(ExecutionId.New(Now)));

    [Theory]
    [InlineData(null)]
    [InlineData("job")]
    public async Task List_WhileRunsArriveAndSettle_ShowsEachOnceWithoutAGap(string? job)
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual) with { Overlap = OverlapPolicy.Allow });
        var node = Process();
        var before = new List<ExecutionId>();
        for (var n = 0; n < 30; n++)
        {
            if (n % 3 == 0)
                Advance(Duration.FromMilliseconds(1));
            before.Add((await Acme.RunNowAsync("job")).Id);
        }
        await node.ClaimAsync(free: 20);

        var seen = new List<ExecutionId>();
        for (Page<Execution>? page = null; page is null || page.HasNextPage;)
        {
            page = await Acme.Executions.ListAsync(new ExecutionQuery { Job = job is null ? default(JobRef?) : job, PageSize = 4, Cursor = page?.Cursor });
            seen.AddRange(page.Items.Select(static row => row.Id));
            await Acme.RunNowAsync("job");
            Advance(Duration.FromMilliseconds(1));
            foreach (var run in node.Held.Take(3).ToList())
                await node.SucceedAsync(run);
            await node.ClaimAsync(free: 2);
        }

        Assert.Equal(Enumerable.Reverse(before), seen.Where(before.Contains));
        Assert.Equal(seen.Distinct(), seen);
    }

    [Fact]
    public async Task List_CursorOfAnotherQuestion_IsRefused()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual) with { Overlap = OverlapPolicy.Allow });
        await Acme.RunNowAsync("job");
        await Acme.RunNowAsync("job");
        var query = new ExecutionQuery { Job = "job", PageSize = 1 };
        var cursor = (await Acme.Executions.ListAsync(query)).Cursor!;
        await Tenant("globex").CreateAsync(Work.Job("job", Schedule.Manual));

        Assert.Single((await Acme.Executions.ListAsync(query with { Cursor = cursor, PageSize = 100 })).Items);
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Acme.Executions.ListAsync(query with { Cursor = cursor, Job = null }));
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Acme.Executions.ListAsync(query with { Cursor = cursor, Status = ExecutionStatus.Pending }));
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Tenant("globex").Executions.ListAsync(query with { Cursor = cursor }));
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Acme.Executions.ListAsync(query with { Cursor = cursor + "x" }));
    }

    [Fact]
    public async Task List_SeveralStatusesAndExecutor_ShowsThoseOnly()
    {
        await DueNowAsync("done");
        await DueNowAsync("failed");
        await DueNowAsync("running");
        await Acme.CreateAsync(Work.Job("elsewhere", Schedule.Manual, "other"));
        var elsewhere = await Acme.RunNowAsync("elsewhere");
        var node = Process();
        var runs = (await node.ClaimAsync()).Runs.ToDictionary(static run => run.Definition.Key!);
        await node.SettleAllAsync([Result.Of(runs["done"]), Result.Failed(runs["failed"])]);

        Assert.Equal(["done", "failed"], await KeysOfAsync(new ExecutionQuery { Statuses = [ExecutionStatus.Failed, ExecutionStatus.Succeeded] }));
        Assert.Equal(["elsewhere", "running"], await KeysOfAsync(new ExecutionQuery { Statuses = [ExecutionStatus.Pending, ExecutionStatus.Running] }));
        Assert.Equal(["failed"], await KeysOfAsync(new ExecutionQuery { Status = ExecutionStatus.Failed, Statuses = [ExecutionStatus.Failed, ExecutionStatus.Succeeded] }));
        Assert.Empty(await KeysOfAsync(new ExecutionQuery { Status = ExecutionStatus.Missed, Statuses = [ExecutionStatus.Failed] }));
        Assert.Equal(["elsewhere"], await KeysOfAsync(new ExecutionQuery { Executor = "other" }));
        Assert.Equal(["done", "failed", "running"], await KeysOfAsync(new ExecutionQuery { Executor = Work.Executor }));
        Assert.Empty(await KeysOfAsync(new ExecutionQuery { Executor = "othe" }));
        Assert.Empty(await KeysOfAsync(new ExecutionQuery { Executor = "other", Job = "done" }));
        await Acme.Executions.CancelAsync(elsewhere.Id);
        Assert.Equal(["elsewhere"], await KeysOfAsync(new ExecutionQuery { Executor = "other", Statuses = [ExecutionStatus.Cancelled] }));
    }

    [Fact]
    public async Task Texts_AtTheirLongest_ComeBackWhole()
    {
        await DueNowAsync();
        var node = Process();
        var run = await node.ClaimOneAsync();
        var error = new ExecutionError { Type = new string('t', 256), Message = new string('ü', 2_048), Detail = string.Concat(Enumerable.Repeat("🙂\r\n", 1_500)) };

        await node.SettleAsync(Result.Of(run, ExecutionStatus.Failed, ExecutionReason.Exception, new string('m', 2_048), error));

        var row = await ReadAsync(run.Id);
        Assert.Equal((new string('m', 2_048), error), (row.Message, row.Error));
    }

    private async Task<IEnumerable<string>> KeysOfAsync(ExecutionQuery query) =>
        (await Acme.Executions.ListAsync(query)).Items.Select(static row => row.JobKey).Order(StringComparer.Ordinal);

    private async Task<int> CountAsync(string? job, ExecutionStatus? status) =>
        (await Acme.Executions.ListAsync(new ExecutionQuery { Job = job is null ? default(JobRef?) : job, Status = status })).Items.Count;
}
