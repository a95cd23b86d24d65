using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Conformance;

/// <summary>Jobs whose executor nobody has: parked, visible, and taken up again.</summary>
public abstract class ParkingTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    [Fact]
    public async Task Sweep_DueForTenMinutesAndNobodyHasTheExecutor_ParksTheJob()
    {
        var job = await UnknownAsync();
        AdvanceTo(job.NextRunAt!.Value + TestProcess.ParkAfter - Fixture.ClockPrecision);
        Assert.Empty((await Process().SweepAsync()).Parked);
        AdvanceTo(job.NextRunAt!.Value + TestProcess.ParkAfter);

        var sweep = await Process().SweepAsync();

        var parked = Assert.Single(sweep.Parked);
        Assert.Equal((job.Id, job.Tenant, JobFaultReason.NoExecutor), (parked.JobId, parked.Tenant, parked.Fault.Reason));
        Assert.Contains("unknown", parked.Fault.Message, StringComparison.Ordinal);
        var read = await ReadAsync("job");
        Assert.Equal((JobState.Parked, parked.Fault, null, Now), (read.State, read.Fault, read.NextRunAt, read.Fault!.Since));
        var status = await Store.Claims.InspectAsync(default);
        Assert.Equal((1, null), (status.ParkedJobs, status.OldestDue));
        Assert.Equal(["unknown"], status.ExecutorsWithoutNode);
        Assert.Empty((await Process().SweepAsync()).Parked);
    }

    [Fact]
    public async Task Sweep_SomebodyHasTheExecutorButIsBusy_ParksNothing()
    {
        await UnknownAsync();
        Advance(Duration.FromHours(1));
        await Process("unknown").ClaimAsync(free: 0);

        Assert.Empty((await Process().SweepAsync()).Parked);
        Assert.Equal(JobState.Active, (await ReadAsync("job")).State);
    }

    [Fact]
    public async Task Sweep_NotDueYet_ParksNothing()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Once(Now + Duration.FromDays(30)), "unknown"));
        Advance(Duration.FromDays(1));

        Assert.Empty((await Process().SweepAsync()).Parked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NodeWithTheExecutor_TakesItUpByTheMisfirePolicy(bool byRenewal)
    {
        await ParkedAsync();
        var node = Process("unknown");
        if (byRenewal)
            await node.RenewAsync();

        var run = await node.ClaimOneAsync();

        Assert.Equal(60, run.Slots?.Count);
        var job = await ReadAsync("job");
        Assert.Equal((JobState.Active, null, Now + Duration.FromMinutes(1)), (job.State, job.Fault, job.NextRunAt));
        Assert.Equal(0, (await Store.Claims.InspectAsync(default)).ParkedJobs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NodeThatWasFrozen_GetsItsWorkWhenItComesBack(bool sweepsItself)
    {
        await UnknownAsync();
        var frozen = Process("unknown");
        await frozen.RenewAsync();
        Advance(Duration.FromHours(1));
        await (sweepsItself ? frozen : Process()).SweepAsync();

        Assert.Single((await frozen.ClaimAsync()).Runs);
        Assert.Equal(JobState.Active, (await ReadAsync("job")).State);
    }

    [Fact]
    public async Task Edit_OfTheExecutor_TakesItUp()
    {
        await ParkedAsync();

        var edited = await Acme.UpdateAsync("job", new JobChange { Executor = Work.Executor });

        Assert.Equal((JobState.Active, null), (edited.State, edited.Fault));
        Assert.Equal(60, (await Process().ClaimOneAsync()).Slots?.Count);
    }

    [Fact]
    public async Task Edit_OfTheName_LeavesItParkedUntilANodeComes()
    {
        await ParkedAsync();

        var renamed = await Acme.UpdateAsync("job", new JobChange { Name = "renamed" });
        Assert.Equal((JobState.Parked, "renamed", null), (renamed.State, renamed.Name, renamed.NextRunAt));

        Assert.Equal(60, (await Process("unknown").ClaimOneAsync()).Slots?.Count);
    }

    [Fact]
    public async Task PauseResumeAndDelete_OfAParkedJob_Work()
    {
        await ParkedAsync();
        Assert.Equal(JobState.Paused, (await Acme.PauseAsync("job")).State);
        Assert.Empty((await Process("unknown").ClaimAsync()).Runs);
        Assert.Equal(JobState.Active, (await Acme.ResumeAsync("job")).State);

        Assert.True(await Acme.DeleteAsync("job"));

        Assert.Equal(0, (await Store.Claims.InspectAsync(default)).ParkedJobs);
        Advance(Duration.FromMinutes(5));
        Assert.Empty((await Process("unknown").ClaimAsync()).Runs);
    }

    [Fact]
    public async Task Sweep_MoreThanABatch_ParksThemAllInRounds()
    {
        for (var n = 0; n < 5; n++)
            await Acme.CreateAsync(Work.Job(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"job-{n}"), Schedule.Once(Now), "unknown"));
        Advance(Duration.FromHours(1));
        var node = Process();

        var parked = 0;
        var rounds = 0;
        for (var more = true; more && rounds < 10; rounds++)
        {
            var sweep = await node.SweepAsync(node.Sweeping() with { BatchSize = 2 });
            Assert.True(sweep.Parked.Count <= 2);
            parked += sweep.Parked.Count;
            more = sweep.HasMore;
        }

        Assert.Equal(5, parked);
        Assert.Equal(5, (await Process("unknown").ClaimAsync()).Runs.Count);
    }

    private ValueTask<Job> UnknownAsync() => Acme.CreateAsync(Work.Job("job", Schedule.Interval(Duration.FromMinutes(1)), "unknown"));

    private async Task ParkedAsync()
    {
        await UnknownAsync();
        Advance(Duration.FromHours(1));
        Assert.Single((await Process().SweepAsync()).Parked);
    }
}
