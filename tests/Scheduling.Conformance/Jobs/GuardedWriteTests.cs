using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;

namespace Scheduling.Conformance;

/// <summary>Writes that are repeated because their answer was lost, and writes to what somebody else has changed since.</summary>
public abstract class GuardedWriteTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private static readonly JobDefinition Hourly = Work.Job("job", Schedule.Interval(Duration.FromHours(1)));

    [Theory]
    [InlineData("job")]
    [InlineData(null)]
    public async Task Create_SameIdempotencyKey_IsTheSameJobAsItIsNow(string? key)
    {
        var first = await Acme.CreateAsync(Hourly with { Key = key }, "request-1");
        await Acme.UpdateAsync(first.Id, new JobChange { Name = "renamed" });
        Advance(Duration.FromMinutes(1));

        var again = await Acme.CreateAsync(Hourly with { Key = key, Executor = "other" }, "request-1");

        Assert.Equal((first.Id, first.Key, "renamed", Work.Executor, 2), (again.Id, again.Key, again.Name, again.Executor, again.Version));
        Assert.Single((await Acme.ListAsync()).Items);
    }

    [Fact]
    public async Task Create_OtherIdempotencyKeyTenantOrJobKey_IsAnotherCreation()
    {
        var first = await Acme.CreateAsync(Hourly, "request-1");

        Assert.Equal(first.Id, (await Assert.ThrowsAsync<JobExistsException>(async () => await Acme.CreateAsync(Hourly, "request-2"))).Existing.Id);
        Assert.NotEqual(first.Id, (await Acme.CreateAsync(Hourly with { Key = "another" }, "request-1")).Id);
        var (one, two) = (await Acme.CreateAsync(Hourly with { Key = null }, "request-1"), await Acme.CreateAsync(Hourly with { Key = null }, "request-2"));
        Assert.NotEqual(one.Key, two.Key);
        Assert.NotEqual(one.Id, (await Tenant("globex").CreateAsync(Hourly with { Key = null }, "request-1")).Id);
    }

    [Fact]
    public async Task Create_JobWasMadeOtherwise_IsRefused()
    {
        await Acme.CreateAsync(Hourly);

        await Assert.ThrowsAsync<JobExistsException>(async () => await Acme.CreateAsync(Hourly, "request-1"));
    }

    [Fact]
    public async Task Create_DeletedSince_MakesItAnew()
    {
        var first = await Acme.CreateAsync(Hourly, "request-1");
        await Acme.DeleteAsync("job");
        Advance(Duration.FromMilliseconds(1));

        Assert.NotEqual(first.Id, (await Acme.CreateAsync(Hourly, "request-1")).Id);
    }

    [Fact]
    public async Task Create_FiveAtTheSameMoment_IsOneJob()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Acme.CreateAsync(Hourly, "request-1").AsTask())));

        Assert.Single(made.Select(static job => job.Id).Distinct());
        Assert.Single((await Acme.ListAsync()).Items);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("delete")]
    [InlineData("update")]
    public async Task Write_OtherVersion_IsAConflictWithTheJobAsItIsAndChangesNothing(string write)
    {
        var read = await Acme.CreateAsync(Hourly);
        await Acme.PauseAsync("job", "bob");
        var before = await ReadAsync("job");

        var conflict = await Assert.ThrowsAsync<JobConflictException>(() => WriteAsync(write, read.Version));

        Assert.Equal((before, read.Version), (conflict.Current, conflict.ExpectedVersion));
        Assert.Equal(before, await ReadAsync("job"));
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("delete")]
    [InlineData("update")]
    public async Task Write_VersionAsRead_IsWritten(string write)
    {
        await Acme.CreateAsync(Hourly with { Active = write != "resume" });

        await WriteAsync(write, 1);

        Assert.Equal(write == "delete" ? null : 2, (await Acme.GetAsync("job"))?.Version);
    }

    [Fact]
    public async Task Write_NoSuchJob_IsNotFoundWhateverTheVersion()
    {
        Assert.False(await Acme.DeleteAsync("job", 7));
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await Acme.ResumeAsync("job", 7));
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await Acme.PauseAsync("job", expectedVersion: 7));
    }

    [Fact]
    public async Task PauseAndDelete_OfOneVersionAtTheSameMoment_OneWins()
    {
        for (var round = 0; round < 20; round++)
        {
            var job = await Acme.CreateAsync(Hourly);
            var pause = Task.Run(() => WriteAsync("pause", job.Version));
            var delete = Task.Run(() => WriteAsync("delete", job.Version));
            var failures = (await Task.WhenAll(FailureOf(pause), FailureOf(delete))).Where(static failure => failure is not null).ToList();

            Assert.True(Assert.Single(failures) is JobConflictException or JobNotFoundException, failures[0]?.ToString());
            await Acme.DeleteAsync("job");
        }
    }

    [Fact]
    public async Task Pause_RacingWithTheClaimOfADueSlot_NothingStartsAfterwards()
    {
        var (node, other) = (Process(), Process());
        for (var round = 0; round < 20; round++)
        {
            await Acme.CreateAsync(Work.Job("job", Schedule.Once(Now)) with { Overlap = OverlapPolicy.Allow });
            var claim = Task.Run(() => node.ClaimAsync());
            var pause = Task.Run(() => Acme.PauseAsync("job").AsTask());
            await Task.WhenAll(claim, pause);

            var rows = await HistoryAsync("job");
            Assert.Empty((await other.ClaimAsync()).Runs);
            Assert.Equal((await claim).Runs.Count, rows.Count(static row => row.Status == ExecutionStatus.Running));
            await node.SucceedAllAsync();
            await Acme.DeleteAsync("job");
            Advance(Duration.FromSeconds(1));
        }
    }

    [Fact]
    public async Task Bulk_AsRead_ChangedOnesAreConflictsAndTheOthersAreWritten()
    {
        var page = new List<Job>();
        foreach (var key in (string[])["a", "b", "c"])
            page.Add(await Acme.CreateAsync(Hourly with { Key = key }));
        await Acme.UpdateAsync("b", new JobChange { Name = "newer" });
        var selection = JobSelection.AsRead(page);

        var paused = await Acme.Bulk.PauseAsync(selection, "ann");
        Assert.Equal([BulkOutcome.Changed, BulkOutcome.Conflict, BulkOutcome.Changed], paused.Items.Select(static item => item.Outcome));
        Assert.Equal((1, "newer"), (Assert.IsType<JobConflictException>(paused.Items[1].Error).ExpectedVersion, paused.Items[1].Job?.Name));
        Assert.True((await ReadAsync("b")).Active);

        Assert.All((await Acme.Bulk.UpdateAsync(selection, new JobChange { Name = "n" })).Items, static item => Assert.Equal(BulkOutcome.Conflict, item.Outcome));
        Assert.All((await Acme.Bulk.UpdateAsync(selection, static job => new JobChange { Name = job.Key })).Items, static item => Assert.Equal(BulkOutcome.Conflict, item.Outcome));
        Assert.All((await Acme.Bulk.ResumeAsync(selection)).Items, static item => Assert.Equal(BulkOutcome.Conflict, item.Outcome));
        Assert.All((await Acme.Bulk.DeleteAsync(selection)).Items, static item => Assert.Equal(BulkOutcome.Conflict, item.Outcome));
        var reread = JobSelection.AsRead((await Acme.ListAsync()).Items);
        Assert.All((await Acme.Bulk.UpdateAsync(reread, static job => new JobChange { Name = job.Key })).Items, static item => Assert.Equal(BulkOutcome.Changed, item.Outcome));
        Assert.Equal(3, (await Acme.ListAsync()).Items.Count);
    }

    private async Task WriteAsync(string write, long version)
    {
        switch (write)
        {
            case "pause":
                await Acme.PauseAsync("job", "ann", expectedVersion: version);
                break;
            case "resume":
                await Acme.ResumeAsync("job", version);
                break;
            case "delete":
                Assert.True(await Acme.DeleteAsync("job", version));
                break;
            default:
                await Acme.UpdateAsync("job", new JobChange { Name = "ann" }, version);
                break;
        }
    }

    private static async Task<Exception?> FailureOf(Task write) => await Record.ExceptionAsync(() => write);
}
