using System.Globalization;
using System.Text;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Running;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Tests.Running;

/// <summary>What runs report: bounded, never waiting, and written with a renewal or the result.</summary>
public class RunReportTests
{
    [Theory]
    [InlineData(RunEventLevel.Information, ExecutionStatus.Succeeded)]
    [InlineData(RunEventLevel.Warning, ExecutionStatus.Succeeded)]
    [InlineData(RunEventLevel.Error, ExecutionStatus.CompletedWithErrors)]
    public async Task Report_ThenSuccess_EndsByTheHighestLevel(RunEventLevel level, ExecutionStatus expected)
    {
        var (row, events) = await RunAsync(run =>
        {
            run.Report(level, "page.skipped", "page 7");
            return JobResult.Success("done");
        });

        Assert.Equal((expected, "done", 1), (row.Status, row.Message, row.EventCount));
        Assert.Equal(new RunEvent { Number = 1, At = EngineHarness.Start, Attempt = 1, Level = level, Name = "page.skipped", Text = "page 7" }, Assert.Single(events));
    }

    [Fact]
    public async Task Report_ErrorThenFailure_IsFailed()
    {
        var (row, _) = await RunAsync(static run =>
        {
            run.Report(RunEventLevel.Error, "broken");
            return JobResult.Failed("gave up");
        });

        Assert.Equal((ExecutionStatus.Failed, "gave up"), (row.Status, row.Error?.Message));
    }

    [Fact]
    public async Task Report_ThenThrow_KeepsTheEvents()
    {
        var (row, events) = await RunAsync(static run =>
        {
            run.Report(RunEventLevel.Information, "before");
            run.Phase = "parsing";
            throw new InvalidDataException("bad page");
        });

        Assert.Equal((ExecutionStatus.Failed, "parsing"), (row.Status, row.Progress?.Phase));
        Assert.Equal("before", Assert.Single(events).Name);
    }

    [Fact]
    public async Task Report_AMillionTimes_KeepsTheFirstAndSaysHowManyWereDropped()
    {
        var (row, events) = await RunAsync(static run =>
        {
            for (var n = 0; n < 1_000_000; n++)
                run.Report(RunEventLevel.Information, "line");
            run.Report(RunEventLevel.Error, "the last one");
            return JobResult.Success();
        });

        Assert.Equal((RunEvent.MaximumCount, RunEvent.MaximumCount), (row.EventCount, events.Count));
        Assert.Equal((RunEvent.DroppedName, RunEventLevel.Warning), (events[^1].Name, events[^1].Level));
        Assert.Contains("999802", events[^1].Text, StringComparison.Ordinal);
        Assert.Equal(ExecutionStatus.CompletedWithErrors, row.Status);
    }

    [Fact]
    public async Task Report_LongTexts_AreCutAndBoundedInBytes()
    {
        var (_, events) = await RunAsync(static run =>
        {
            for (var n = 0; n < 100; n++)
                run.Report(RunEventLevel.Information, new string('n', 1_000), new string('ä', 10_000_00));
            return JobResult.Success();
        });

        Assert.All(events, static e => Assert.True(e.Name.Length <= RunEvent.MaximumNameLength && e.Text!.Length <= RunEvent.MaximumTextLength));
        var bytes = events.Sum(static e => Encoding.UTF8.GetByteCount(e.Name) + Encoding.UTF8.GetByteCount(e.Text!));
        Assert.True(bytes is > RunEvent.MaximumBytes / 2 and <= RunEvent.MaximumBytes, string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes are kept."));
        Assert.Equal(RunEvent.DroppedName, events[^1].Name);
    }

    [Fact]
    public async Task Report_WhatCannotBeStored_IsMadeStorable()
    {
        var (_, events) = await RunAsync(static run =>
        {
            run.Report(RunEventLevel.Information, "a\0b", "half \uD83D");
            return JobResult.Success();
        });

        Assert.Equal(("a\uFFFDb", "half \uFFFD"), (Assert.Single(events).Name, events[0].Text));
    }

    [Fact]
    public async Task ReportAndProgress_WhileItRuns_ShowWithTheNextRenewal()
    {
        await using var harness = new EngineHarness();
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        JobContext? seen = null;
        var node = harness.AddNode(executors: new ExecutorRegistration("work", async (run, _) =>
        {
            seen = run;
            run.Phase = "reading";
            run.Report(RunEventLevel.Information, "one");
            begun.SetResult();
            await gate.Task;
            return JobResult.Success();
        }));
        var id = await StartAsync(harness, node);
        await begun.Task;
        for (var n = 1; n <= 10_000; n++)
            seen!.ReportProgress(n, 10_000);
        Assert.Equal((0, null), ((await ReadAsync(harness, id)).EventCount, (await ReadAsync(harness, id)).Progress));
        harness.Clock.Advance(TimeSpan.FromSeconds(10));
        await harness.Clock.UntilAsync(() => ReadAsync(harness, id).Result.EventCount == 1);

        Assert.Equal(new RunProgress { Phase = "reading", Done = 10_000, Total = 10_000 }, (await ReadAsync(harness, id)).Progress);
        Assert.Equal("reading", seen!.Phase);
        seen.Report(RunEventLevel.Information, "two");
        harness.Clock.Advance(TimeSpan.FromSeconds(5));
        gate.SetResult();
        await harness.Clock.UntilAsync(() => node.Engine.Snapshot().Active == 0);
        await harness.SettleAsync();

        var events = (await harness.Acme.Executions.ListEventsAsync(id))!.Items;
        Assert.Equal([("one", EngineHarness.Start), ("two", EngineHarness.Start + Duration.FromSeconds(10))], events.Select(static e => (e.Name, e.At)));
    }

    [Fact]
    public async Task Renewal_ThatFails_KeepsTheEventsForTheNextOne()
    {
        FaultyStore? faulty = null;
        await using var harness = new EngineHarness(wrap: memory => faulty = new FaultyStore(memory));
        var gate = new TaskCompletionSource();
        var node = harness.AddNode(executors: new ExecutorRegistration("work", async (run, _) =>
        {
            run.Report(RunEventLevel.Information, "one");
            await gate.Task;
            return JobResult.Success();
        }));
        var id = await StartAsync(harness, node);
        var failures = 0;
        faulty!.Fails = (call, when) => string.Equals(call, "renew", StringComparison.Ordinal) && string.Equals(when, FaultyStore.After, StringComparison.Ordinal) && Interlocked.Increment(ref failures) == 1;
        harness.Clock.Advance(TimeSpan.FromSeconds(10));
        await harness.Clock.UntilAsync(() => Volatile.Read(ref failures) == 1);
        gate.SetResult();
        await harness.Clock.UntilAsync(() => node.Engine.Snapshot().Active == 0);
        await harness.SettleAsync();

        Assert.Equal("one", Assert.Single((await harness.Acme.Executions.ListEventsAsync(id))!.Items).Name);
    }

    [Fact]
    public async Task Retry_CountsOn()
    {
        await using var harness = new EngineHarness();
        harness.AddNode(executors: new ExecutorRegistration("work", static (run, _) =>
        {
            run.Report(RunEventLevel.Information, $"attempt.{run.Attempt}");
            return new(run.Attempt == 1 ? JobResult.Failed("once more") : JobResult.Success());
        }));
        await harness.Acme.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual, Retry = RetryPolicy.Exponential(1, Duration.FromSeconds(1)) });
        var started = await harness.Acme.RunNowAsync("job");
        await harness.RunForAsync(Duration.FromMinutes(1));

        Assert.Equal([(1, 1, "attempt.1"), (2, 2, "attempt.2")], (await harness.Acme.Executions.ListEventsAsync(started.Id))!.Items.Select(static e => (e.Number, e.Attempt, e.Name)));
    }

    [Fact]
    public async Task Report_AfterTheRun_IsDropped()
    {
        JobContext? seen = null;
        var (row, _) = await RunAsync(run =>
        {
            seen = run;
            return JobResult.Success();
        });

        seen!.Report(RunEventLevel.Error, "late");
        seen.ReportProgress(1);

        Assert.Equal((ExecutionStatus.Succeeded, 0), (row.Status, row.EventCount));
    }

    [Fact]
    public void Report_WrongArguments_AreRefused()
    {
        var run = new JobContext(new ClaimedRun
        {
            Id = default,
            Tenant = new TenantId("acme"),
            JobId = default,
            Definition = new JobDefinition { Executor = "work", Schedule = Schedule.Manual },
            JobVersion = 1,
        });

        Assert.Throws<ArgumentException>(() => run.Report(RunEventLevel.Information, ""));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Report((RunEventLevel)9, "name"));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.ReportProgress(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => run.ReportProgress(1, -1));
        Assert.Null(run.Phase);
    }

    private static async Task<(Execution Row, IReadOnlyList<RunEvent> Events)> RunAsync(Func<JobContext, JobResult> work)
    {
        await using var harness = new EngineHarness();
        var node = harness.AddNode(executors: new ExecutorRegistration("work", (run, _) => new(work(run))));
        var id = await StartAsync(harness, node);
        await harness.SettleAsync();
        return (await ReadAsync(harness, id), (await harness.Acme.Executions.ListEventsAsync(id, 1_000))!.Items);
    }

    private static async Task<ExecutionId> StartAsync(EngineHarness harness, EngineNode node)
    {
        await harness.Acme.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual });
        var started = await harness.Acme.RunNowAsync("job");
        await node.TickAsync();
        await harness.Clock.UntilAsync(() => !node.Events.Started.IsEmpty);
        return started.Id;
    }

    private static async Task<Execution> ReadAsync(EngineHarness harness, ExecutionId id) => (await harness.Acme.Executions.GetAsync(id))!;
}
