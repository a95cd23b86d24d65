using NodaTime;
using Scheduling.Policies;
using Scheduling.Schedules;
using Scheduling.Storage;
using Scheduling.TestKit;

namespace Scheduling.Core.Tests.Client;

/// <summary>Writes of many jobs: each by itself, with a result of its own.</summary>
public class BulkTests
{
    private readonly ManualTimeProvider _clock = new(Instant.FromUtc(2026, 3, 4, 12, 0));
    private readonly AdmissionTable _policy = new();
    private readonly InMemoryStore _store;
    private readonly ITenantJobs _acme;

    public BulkTests()
    {
        _store = new InMemoryStore(_clock);
        _acme = new JobScheduler(_store, time: _clock, admission: _policy).ForTenant("acme");
    }

    [Fact]
    public async Task Update_NamedJobs_EachHasItsOwnResultInOrder()
    {
        await CreateAsync("a", "b", "c");
        await _acme.UpdateAsync("b", new JobChange { Executor = "other" });

        var result = await _acme.Bulk.UpdateAsync(JobSelection.Of("c", "missing", "b", (await _acme.GetAsync("a"))!.Id, "c"), new JobChange { Executor = "other" });

        Assert.Equal("'c' Changed, 'missing' NotFound, 'b' Unchanged, id Changed, 'c' Unchanged", Text(result));
        Assert.Equal((2, 2, 1), (result.Count(BulkOutcome.Changed), result.Count(BulkOutcome.Unchanged), result.Count(BulkOutcome.NotFound)));
        Assert.False(result.IsClean);
        Assert.Null(result.Cursor);
        Assert.All(result.Items, static item => Assert.Equal(item.Outcome == BulkOutcome.NotFound ? null : "other", item.Job?.Executor));
        Assert.Equal("other", (await _acme.GetAsync("a"))!.Executor);
    }

    [Fact]
    public async Task Update_SomeAreRefused_TheOthersAreChanged()
    {
        await CreateAsync("a", "b");
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await _acme.CreateAsync(Job("manual") with { Schedule = Schedule.Manual });
        _policy.Rules = new AdmissionRules { ScheduleKinds = [ScheduleKind.Manual, ScheduleKind.Interval] };

        var result = await _acme.Bulk.UpdateAsync(new JobFilter(), static job => new JobChange { Schedule = job.Key switch { "a" => Schedule.Cron("0 0 * * *"), "b" => Schedule.Cron("0 0 30 2 *"), _ => Schedule.Interval(Duration.FromHours(2)) } });

        Assert.Equal("id Refused, id Refused, id Changed", Text(result));
        Assert.Equal(AdmissionRule.ScheduleKind, Assert.Single(Assert.IsType<AdmissionException>(result.Items[0].Error).Refusals).Rule);
        Assert.Equal("schedule", Assert.Single(Assert.IsType<SchedulingValidationException>(result.Items[1].Error).Errors).Field);
        Assert.Equal((ScheduleKind.Interval, ScheduleKind.Interval), ((await _acme.GetAsync("a"))!.Schedule.Kind, (await _acme.GetAsync("manual"))!.Schedule.Kind));
    }

    [Fact]
    public async Task Update_ByFunction_ReadsAgainWhenSomebodyWasFaster()
    {
        await CreateAsync("a");
        var calls = 0;

        var result = await _acme.Bulk.UpdateAsync(JobSelection.Of("a"), job =>
        {
            if (++calls == 1)
                Wait(_acme.UpdateAsync("a", new JobChange { Description = "meanwhile" }));
            return new JobChange { Name = job.Definition.Description };
        });

        Assert.Equal("'a' Changed", Text(result));
        Assert.Equal("meanwhile", result.Items[0].Job!.Name);
    }

    [Fact]
    public async Task Update_ByFunction_OthersAlwaysFaster_IsAConflict()
    {
        await CreateAsync("a", "b");
        var calls = 0;

        var result = await _acme.Bulk.UpdateAsync(JobSelection.Of("a", "b"), job =>
        {
            if (job.Key == "a")
                Wait(_acme.UpdateAsync("a", new JobChange { Description = $"{++calls}" }));
            return new JobChange { Name = "n" };
        });

        Assert.Equal("'a' Conflict, 'b' Changed", Text(result));
        Assert.Equal(10, calls);
        Assert.Equal("10", Assert.IsType<JobConflictException>(result.Items[0].Error).Current.Definition.Description);
    }

    [Fact]
    public async Task PauseAndResume_ByFilter_TouchThoseThatMeetIt()
    {
        await CreateAsync("a", "b", "c");
        await _acme.UpdateAsync("b", new JobChange { Executor = "other" });
        await _acme.PauseAsync("c", by: "earlier");

        var paused = await _acme.Bulk.PauseAsync(new JobFilter { Executor = "sync" }, by: "ann", reason: "why");
        Assert.Equal("id Changed, id Changed", Text(paused));
        Assert.Equal(["a", "c"], paused.Items.Select(static item => item.Job!.Key));
        Assert.Equal("ann", (await _acme.GetAsync("a"))!.Pause!.By);
        Assert.True((await _acme.GetAsync("b"))!.Active);

        // What a call changes no longer meets its filter: it goes on behind what it did, and leaves nothing out.
        var resumed = await _acme.Bulk.ResumeAsync(new JobFilter { IsPaused = true }, new BulkOptions { MaximumJobs = 1 });
        Assert.Equal("id Changed", Text(resumed));
        Assert.NotNull(resumed.Cursor);
        resumed = await _acme.Bulk.ResumeAsync(new JobFilter { IsPaused = true }, new BulkOptions { MaximumJobs = 1, Cursor = resumed.Cursor });
        Assert.Equal("id Changed", Text(resumed));
        Assert.Null(resumed.Cursor);
        Assert.Equal("'a' Unchanged", Text(await _acme.Bulk.ResumeAsync(JobSelection.Of("a"))));
        Assert.IsType<SchedulingValidationException>((await _acme.Bulk.PauseAsync(JobSelection.Of("a"), until: _clock.Now)).Items[0].Error);
    }

    [Fact]
    public async Task Delete_ByFilter_DeletesThoseOfTheTenantOnly()
    {
        await CreateAsync("a", "b");
        await new JobScheduler(_store).ForTenant("globex").CreateAsync(Job("a"));

        var result = await _acme.Bulk.DeleteAsync(JobFilter.None);

        Assert.Equal("id Changed, id Changed", Text(result));
        Assert.Empty((await _acme.ListAsync()).Items);
        Assert.NotNull(await new JobScheduler(_store).ForTenant("globex").GetAsync("a"));
        Assert.Equal("'a' NotFound", Text(await _acme.Bulk.DeleteAsync(JobSelection.Of("a"))));
    }

    [Fact]
    public async Task RunNow_EachJob_RunsOrSaysWhyNot()
    {
        await CreateAsync("a", "b", "c");
        await _acme.UpdateAsync("c", new JobChange { Executor = "stopped" });
        await new JobScheduler(_store, time: _clock).PauseAsync(PauseScope.ForExecutor("stopped"));
        await _acme.RunNowAsync("b");

        var result = await _acme.Bulk.RunNowAsync(JobSelection.Of("a", "b", "c", "d"), "once");

        Assert.Equal("'a' Changed, 'b' Refused, 'c' Refused, 'd' NotFound", Text(result));
        Assert.Equal(ExecutionStatus.Pending, result.Items[0].Execution!.Status);
        Assert.Equal(result.Items[1].Execution, Assert.IsType<JobAlreadyRunningException>(result.Items[1].Error).Execution);
        Assert.IsType<JobsPausedException>(result.Items[2].Error);
        var again = await _acme.Bulk.RunNowAsync(JobSelection.Of("a"), "once");
        Assert.Equal((BulkOutcome.Unchanged, result.Items[0].Execution!.Id), (again.Items[0].Outcome, again.Items[0].Execution!.Id));

        _policy.Rules = new AdmissionRules { RunNowRate = new RunRate(1, Duration.FromHours(1)) };
        await _acme.DeleteAsync("b");
        await CreateAsync("b", "e");
        Assert.Equal("'b' Changed, 'e' Refused", Text(await _acme.Bulk.RunNowAsync(JobSelection.Of("b", "e"))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Call_InPiecesOfAnySize_HandlesEachJobOnce(int size)
    {
        const int Jobs = 20;
        for (var n = 0; n < Jobs; n++)
            await CreateAsync($"job-{n:00}");
        JobSelection[] selections = [JobFilter.None, JobSelection.Of(Enumerable.Range(0, Jobs).Select(static n => (JobRef)$"job-{n:00}"))];

        foreach (var selection in selections)
        {
            var seen = new List<string>();
            string? cursor = null;
            do
            {
                var result = await _acme.Bulk.UpdateAsync(selection, new JobChange { Name = "n" }, new BulkOptions { MaximumJobs = size, Cursor = cursor });
                seen.AddRange(result.Items.Select(static item => item.Job!.Key));
                cursor = result.Cursor;
                Assert.True(seen.Count <= Jobs, "The pieces never end.");
            }
            while (cursor is not null);
            Assert.Equal(Enumerable.Range(0, Jobs).Select(static n => $"job-{n:00}"), seen);
        }
    }

    [Fact]
    public async Task Call_MoreThanAPage_IsReadOn()
    {
        for (var n = 0; n < 1_203; n++)
            await CreateAsync($"job-{n}");

        var result = await _acme.Bulk.UpdateAsync(JobFilter.None, new JobChange { Name = "n" }, new BulkOptions { Parallelism = 8 });

        Assert.Equal(1_203, result.Count(BulkOutcome.Changed));
        Assert.Equal(1_203, result.Items.DistinctBy(static item => item.Requested).Count());
        Assert.Null(result.Cursor);
    }

    [Fact]
    public async Task Call_ForeignCursorOrOptionsOutOfRange_AreRefused()
    {
        await CreateAsync("a", "b");
        var cursor = (await _acme.Bulk.ResumeAsync(JobFilter.None, new BulkOptions { MaximumJobs = 1 })).Cursor;

        await Assert.ThrowsAsync<InvalidCursorException>(() => _acme.Bulk.ResumeAsync(new JobFilter { Executor = "x" }, new BulkOptions { Cursor = cursor }));
        await Assert.ThrowsAsync<InvalidCursorException>(() => _acme.Bulk.ResumeAsync(JobSelection.Of("a"), new BulkOptions { Cursor = cursor }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _acme.Bulk.ResumeAsync(JobFilter.None, new BulkOptions { MaximumJobs = 0 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _acme.Bulk.ResumeAsync(JobFilter.None, new BulkOptions { MaximumJobs = 100_001 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _acme.Bulk.ResumeAsync(JobFilter.None, new BulkOptions { Parallelism = 33 }));
        Assert.Throws<SchedulingValidationException>(() => JobSelection.Matching(new JobFilter { KeyPrefix = "a\0" }));
    }

    [Fact]
    public async Task Call_Cancelled_EndsBetweenTwoJobsAndProgressKnowsWhatIsDone()
    {
        await CreateAsync("a", "b", "c", "d");
        using var cancel = new CancellationTokenSource();
        var done = new List<string>();
        var progress = new Report(p =>
        {
            done.Add(p.Item.Job!.Key);
            Assert.Equal(done.Count, p.Done);
            if (p.Done == 2)
                cancel.Cancel();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _acme.Bulk.UpdateAsync(JobFilter.None, new JobChange { Name = "n" }, new BulkOptions { Progress = progress, Parallelism = 1 }, cancel.Token));

        Assert.Equal(["a", "b"], done);
        Assert.Equal(["n", "n", null, null], (await _acme.ListAsync()).Items.Select(static job => job.Name));
    }

    [Fact]
    public async Task Call_FunctionThatThrows_EndsTheCallWithThat()
    {
        await CreateAsync("a", "b");

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => _acme.Bulk.UpdateAsync(JobFilter.None, static job => job.Key == "b" ? throw new InvalidOperationException("mine") : new JobChange { Name = "n" }));

        Assert.Equal("mine", thrown.Message);
        Assert.Equal("n", (await _acme.GetAsync("a"))!.Name);
    }

    private static void Wait<T>(ValueTask<T> done) => Assert.True(done.IsCompletedSuccessfully);

    private static JobDefinition Job(string key) => new() { Key = key, Executor = "sync", Schedule = Schedule.Interval(Duration.FromHours(1)) };

    private static string Text(BulkResult result) => string.Join(", ", result.Items.Select(static item => $"{(item.Requested.Key is null ? "id" : item.Requested.ToString())} {item.Outcome}"));

    private async Task CreateAsync(params string[] keys)
    {
        foreach (var key in keys)
        {
            // Ids of one instant are in no order.
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await _acme.CreateAsync(Job(key));
        }
    }

    private sealed class Report(Action<BulkProgress> report) : IProgress<BulkProgress>
    {
        void IProgress<BulkProgress>.Report(BulkProgress value) => report(value);
    }
}
