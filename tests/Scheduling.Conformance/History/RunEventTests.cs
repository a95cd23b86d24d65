using NodaTime;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>What runs report: written with a renewal or a result, once, by whoever has the run, and kept with it.</summary>
public abstract class RunEventTests<TStore> : StoreTests<TStore>
    where TStore : StoreFixture, new()
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    [Fact]
    public async Task Settle_WithReport_IsListedAndShownOnTheRow()
    {
        var (node, run) = await RunAsync();
        var progress = new RunProgress { Phase = "persisting", Done = 7, Total = 10 };
        RunEvent[] events = [Event(run, 1, RunEventLevel.Information), Event(run, 2, RunEventLevel.Error, text: null)];

        await node.SettleAsync(Result.Of(run, ExecutionStatus.CompletedWithErrors, report: Report(run, progress, events)));

        var row = await ReadAsync(run.Id);
        Assert.Equal((2, progress, ExecutionStatus.CompletedWithErrors), (row.EventCount, row.Progress, row.Status));
        Assert.Equal(events, await EventsAsync(run.Id));
        Assert.Equal(row, Assert.Single(await HistoryAsync("job")));
    }

    [Fact]
    public async Task NoReport_IsNoEvents()
    {
        var (node, run) = await RunAsync();

        Assert.Equal((0, null), ((await ReadAsync(run.Id)).EventCount, (await ReadAsync(run.Id)).Progress));
        Assert.Empty(await EventsAsync(run.Id));
        await node.SucceedAsync(run);

        Assert.Equal((0, null), ((await ReadAsync(run.Id)).EventCount, (await ReadAsync(run.Id)).Progress));
        Assert.Empty(await EventsAsync(run.Id));
    }

    [Fact]
    public async Task Renew_WithReport_ShowsWhileItRuns()
    {
        var (node, run) = await RunAsync();

        await node.RenewAsync(reports: Report(run, new RunProgress { Phase = "reading" }, Event(run, 1)));

        var row = await ReadAsync(run.Id);
        Assert.Equal((ExecutionStatus.Running, 1, "reading"), (row.Status, row.EventCount, row.Progress?.Phase));
        Assert.Equal([Event(run, 1)], await EventsAsync(run.Id));
    }

    [Fact]
    public async Task Report_Again_IsNotDoubled()
    {
        var (node, run) = await RunAsync();
        RunEvent[] events = [Event(run, 1), Event(run, 2), Event(run, 3)];
        await node.RenewAsync(reports: Report(run, new RunProgress { Done = 1 }, events[..2]));
        await node.RenewAsync(reports: Report(run, new RunProgress { Done = 2 }, events));

        await node.SettleAsync(Result.Of(run, report: Report(run, progress: null, events)));

        Assert.Equal(events, await EventsAsync(run.Id));
        Assert.Equal((3, 2L), ((await ReadAsync(run.Id)).EventCount, (await ReadAsync(run.Id)).Progress?.Done));
        Assert.Equal(SettlementOutcome.Repeated, await node.SettleAsync(Result.Of(run, report: Report(run, progress: null, Event(run, 4)))));
        Assert.Equal(3, (await EventsAsync(run.Id)).Count);
    }

    [Fact]
    public async Task Retry_TheNextAttemptGoesOnCounting()
    {
        var (node, run) = await RunAsync();
        Assert.Equal((0, 0), (run.EventCount, run.EventBytes));
        await node.SettleAsync(Result.Retry(run, Minute, report: Report(run, new RunProgress { Phase = "one" }, Event(run, 1, text: "äö"), Event(run, 2, text: null))));
        Advance(Minute);

        var again = await node.ClaimOneAsync();

        Assert.Equal((2, (2 * "page.read".Length) + 4), (again.EventCount, again.EventBytes));
        await node.SettleAsync(Result.Of(again, report: Report(again, progress: null, Event(again, 3))));
        Assert.Equal([1, 2, 3], (await EventsAsync(run.Id)).Select(static e => e.Number));
        Assert.Equal([1, 1, 2], (await EventsAsync(run.Id)).Select(static e => e.Attempt));
        Assert.Equal("one", (await ReadAsync(run.Id)).Progress?.Phase);
    }

    [Fact]
    public async Task HandBackAndReclaim_KeepWhatWasReported()
    {
        var (node, run) = await RunAsync();
        await node.SettleAsync(Result.HandBack(run, hadBegun: true, Report(run, progress: null, Event(run, 1))));
        var second = await node.ClaimOneAsync();
        await node.RenewAsync(reports: Report(second, progress: null, Event(second, 2)));
        node.Crash();
        Advance(TestProcess.Lease + Duration.FromSeconds(1));
        var other = Process();
        await other.SweepAsync();

        var third = await other.ClaimOneAsync();

        Assert.Equal((2, 3), (third.EventCount, third.Attempt));
        Assert.Equal(2, (await EventsAsync(run.Id)).Count);
        await other.SucceedAsync(third);
    }

    [Fact]
    public async Task Report_OfSomebodyWhoLostTheRun_IsPassedOver()
    {
        var (late, run) = await RunAsync();
        Advance(TestProcess.Lease + Duration.FromSeconds(1));
        var node = Process();
        await node.SweepAsync();
        await late.RenewAsync(reports: Report(run, new RunProgress { Phase = "late" }, Event(run, 1)));
        var again = await node.ClaimOneAsync();

        await late.RenewAsync(reports: Report(run, new RunProgress { Phase = "late" }, Event(run, 1)));
        await Process().RenewAsync(reports: Report(again, new RunProgress { Phase = "foreign" }, Event(again, 1)));
        Assert.Equal(SettlementOutcome.LeaseLost, await late.SettleAsync(Result.Of(run, report: Report(run, progress: null, Event(run, 1)))));

        Assert.Empty(await EventsAsync(run.Id));
        Assert.Equal((0, null), ((await ReadAsync(run.Id)).EventCount, (await ReadAsync(run.Id)).Progress));
        await node.SucceedAsync(again);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task List_PagesOfAnySize_ShowEachOnceOldestFirst(int size)
    {
        var (node, run) = await RunAsync();
        await node.SettleAsync(Result.Of(run, report: Report(run, progress: null, [.. Enumerable.Range(1, 5).Select(n => Event(run, n))])));

        var seen = new List<int>();
        for (string? cursor = null; seen.Count == 0 || cursor is not null;)
        {
            var page = await Acme.Executions.ListEventsAsync(run.Id, size, cursor);
            seen.AddRange(page!.Items.Select(static e => e.Number));
            cursor = page.Cursor;
        }

        Assert.Equal([1, 2, 3, 4, 5], seen);
    }

    [Fact]
    public async Task List_OtherTenantUnknownOrDeleted_IsNotFound()
    {
        var (node, run) = await RunAsync();
        await node.RenewAsync(reports: Report(run, progress: null, Event(run, 1), Event(run, 2)));

        Assert.Null(await Tenant("globex").Executions.ListEventsAsync(run.Id));
        Assert.Null(await Acme.Executions.ListEventsAsync(default));
        var cursor = (await Acme.Executions.ListEventsAsync(run.Id, 1))!.Cursor;
        await Assert.ThrowsAsync<InvalidCursorException>(async () => await Acme.Executions.ListEventsAsync(default, 1, cursor));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Acme.Executions.ListEventsAsync(run.Id, 0));
        await node.SucceedAsync(run);
        await Acme.DeleteAsync("job");
        Assert.Null(await Acme.Executions.ListEventsAsync(run.Id));
    }

    [Fact]
    public async Task Report_OfADeletedJob_LeavesNothing()
    {
        var (node, run) = await RunAsync();
        await Acme.DeleteAsync("job");
        Invariants.RunningJobsWereDeleted = true;

        await node.RenewAsync(reports: Report(run, progress: null, Event(run, 1)));
        Assert.Equal(SettlementOutcome.Accepted, await node.SettleAsync(Result.Of(run, report: Report(run, progress: null, Event(run, 2)))));

        Assert.Null(await Acme.Executions.ListEventsAsync(run.Id));
        Invariants.RunningJobsWereDeleted = false;
    }

    [Fact]
    public async Task Retention_EventsGoWithTheirRow()
    {
        var (node, run) = await RunAsync();
        await node.SettleAsync(Result.Of(run, report: Report(run, progress: null, Event(run, 1))));
        Invariants.HistoryWasPurged = true;
        Advance(TestProcess.Retention + Minute);
        await node.SweepAsync();

        Assert.Null(await Acme.Executions.ListEventsAsync(run.Id));
    }

    [Fact]
    public async Task Texts_AtTheirLongest_ComeBackWhole()
    {
        var (node, run) = await RunAsync();
        var events = new[]
        {
            Event(run, 1) with { Name = new string('n', RunEvent.MaximumNameLength), Text = string.Concat(Enumerable.Repeat("🙂\r\n", RunEvent.MaximumTextLength / 4)), Level = RunEventLevel.Warning },
            Event(run, 2) with { Name = "'; drop table run_events; --", Text = "" },
        };
        var progress = new RunProgress { Phase = new string('ü', RunProgress.MaximumPhaseLength), Done = long.MaxValue, Total = 0 };

        await node.SettleAsync(Result.Of(run, report: Report(run, progress, events)));

        Assert.Equal(events, await EventsAsync(run.Id));
        Assert.Equal(progress, (await ReadAsync(run.Id)).Progress);
    }

    [Fact]
    public async Task Claim_WithSettlements_WritesTheirReports()
    {
        var (node, run) = await RunAsync();

        await node.ClaimAsync(1, Result.Of(run, report: Report(run, progress: null, Event(run, 1))));

        Assert.Equal([Event(run, 1)], await EventsAsync(run.Id));
    }

    private async Task<(TestProcess Node, ClaimedRun Run)> RunAsync()
    {
        await Acme.CreateAsync(Work.Job("job", Schedule.Manual));
        await Acme.RunNowAsync("job");
        var node = Process();
        return (node, await node.ClaimOneAsync());
    }

    private RunEvent Event(ClaimedRun run, int number, RunEventLevel level = RunEventLevel.Information, string? text = "of 7") =>
        new() { Number = number, At = Start + Duration.FromSeconds(number), Attempt = run.Attempt, Level = level, Name = "page.read", Text = text };

    private static RunReport Report(ClaimedRun run, RunProgress? progress, params RunEvent[] events) =>
        new() { Id = run.Id, Tenant = run.Tenant, JobId = run.JobId, Token = run.Token, Progress = progress, Events = events };

    private async Task<IReadOnlyList<RunEvent>> EventsAsync(ExecutionId id)
    {
        var page = await Acme.Executions.ListEventsAsync(id, ExecutionQuery.MaximumPageSize);
        Assert.NotNull(page);
        Assert.Null(page.Cursor);
        return page.Items;
    }
}
