using System.Globalization;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Conformance;

/// <summary>Paging through a tenant's jobs.</summary>
public abstract class JobListingTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task List_NoJobs_IsOneEmptyPage()
    {
        var page = await Acme.ListAsync();

        Assert.Empty(page.Items);
        Assert.False(page.HasNextPage);
    }

    [Theory]
    [InlineData(25, 10, 3)]
    [InlineData(20, 10, 2)]
    [InlineData(1, 1, 1)]
    public async Task List_ManyJobs_ShowsEachOnceOldestFirst(int jobs, int pageSize, int pages)
    {
        var made = await MakeAsync(0, jobs);

        var seen = new List<string>();
        string? cursor = null;
        for (var n = 1; n <= pages; n++)
        {
            var page = await Acme.ListAsync(pageSize, cursor);
            seen.AddRange(page.Items.Select(static job => job.Key));
            cursor = page.Cursor;
            Assert.Equal(n < pages, page.HasNextPage);
        }

        Assert.Equal(made, seen);
    }

    [Fact]
    public async Task List_WhileJobsComeAndGo_ShowsWhatStaysExactlyOnce()
    {
        var made = await MakeAsync(0, 30);
        var seen = new List<string>();
        string? cursor = null;
        for (var n = 0; n == 0 || cursor is not null; n++)
        {
            var page = await Acme.ListAsync(7, cursor);
            seen.AddRange(page.Items.Select(static job => job.Key));
            cursor = page.Cursor;
            if (n >= 3)
                continue;
            await MakeAsync(100 + n, 1);
            await Acme.DeleteAsync(made[(n * 7) + 6]); // the one that the cursor stands on
            await Acme.DeleteAsync(made[29 - n]); // one that is still to come
        }

        Assert.Equal(seen.Distinct(), seen);
        Assert.Equal(made[..27].Concat(["job-100", "job-101", "job-102"]), seen);
    }

    [Fact]
    public async Task List_OtherTenantsJobs_AreNotShown()
    {
        await MakeAsync(0, 3);
        await Tenant("globex").CreateAsync(Work.Job("theirs", Schedule.Manual));

        Assert.Equal(["theirs"], (await Tenant("globex").ListAsync()).Items.Select(static job => job.Key));
    }

    [Fact]
    public async Task List_CursorOfAnotherQuestion_IsRefused()
    {
        await MakeAsync(0, 3);
        await Acme.RunNowAsync("job-0");
        await Acme.RunNowAsync("job-1");
        var cursor = (await Acme.ListAsync(2)).Cursor!;
        var executions = (await Acme.Executions.ListAsync(new ExecutionQuery { PageSize = 1 })).Cursor!;

        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Tenant("globex").ListAsync(2, cursor));
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Acme.ListAsync(2, executions));
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Acme.ListAsync(2, "AQ"));
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Acme.ListAsync(2, ""));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_001)]
    public async Task List_PageSizeOutOfRange_IsRefused(int size)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Acme.ListAsync(size));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Acme.Executions.ListAsync(new ExecutionQuery { PageSize = size }));
    }

    // Ids carry the time they were made, so a listing is in the order of creation only as far as the clock moves.
    private async Task<List<string>> MakeAsync(int from, int count)
    {
        var keys = new List<string>();
        for (var i = from; i < from + count; i++)
        {
            Advance(Duration.FromMilliseconds(1));
            keys.Add((await Acme.CreateAsync(Work.Job(string.Create(CultureInfo.InvariantCulture, $"job-{i}"), Schedule.Manual))).Key);
        }
        return keys;
    }
}
