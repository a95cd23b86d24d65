using System.Text.Json.Serialization;
using NodaTime;
using Scheduling.Policies;
using Scheduling.Running;
using Scheduling.Schedules;

namespace Scheduling.Tests.Running;

/// <summary>What becomes of a run by how its executor ends it.</summary>
public partial class EngineRunTests
{
    [Fact]
    public async Task Executor_ThrowsBeforeItAwaits_FailsWithTypeAndText() =>
        await AssertFailsAsync((_, _) => throw new InvalidDataException("bad page 7"), ExecutionReason.Exception, "System.IO.InvalidDataException", "bad page 7");

    [Fact]
    public async Task Executor_ThrowsLater_FailsWithTypeAndText() =>
        await AssertFailsAsync(
            async (_, _) =>
            {
                await Task.Yield();
                throw new InvalidDataException("bad page 8");
            },
            ExecutionReason.Exception,
            "System.IO.InvalidDataException",
            "bad page 8");

    [Fact]
    public async Task Executor_OperationCanceledWithoutRequest_IsFailed() =>
        await AssertFailsAsync((_, _) => throw new OperationCanceledException("own timeout"), ExecutionReason.Exception, "System.OperationCanceledException", "own timeout");

    [Fact]
    public async Task Executor_ReportsFailure_IsFailedWithItsMessage() =>
        await AssertFailsAsync((_, _) => new(JobResult.Failed("quota used up")), ExecutionReason.ReportedFailure, type: null, "quota used up");

    [Fact]
    public async Task Executor_WithoutItsPayload_IsPayloadInvalidAndNotRetried()
    {
        await using var harness = new EngineHarness();
        var node = harness.AddNode(executors: new ExecutorRegistration("work", (run, ct) =>
        {
            _ = run.GetPayload(PayloadContext.Default.SyncPayload);
            return new(JobResult.Success());
        }));
        await harness.Acme.CreateAsync(new JobDefinition
        {
            Key = "job",
            Executor = "work",
            Schedule = Schedule.Manual,
            Retry = RetryPolicy.Exponential(5, Duration.FromSeconds(1)),
            Payload = JobPayload.FromJson("""{"Account":[]}"""),
        });

        await harness.Acme.RunNowAsync("job");
        await harness.RunForAsync(Duration.FromHours(1));

        var run = Assert.Single(await harness.HistoryAsync("job"));
        Assert.Equal((ExecutionStatus.Failed, ExecutionReason.PayloadInvalid, 1), (run.Status, run.Reason, run.Attempt));
        Assert.Contains("SyncPayload", run.Error!.Message, StringComparison.Ordinal);
        Assert.Single(node.Events.Started);
    }

    [Fact]
    public async Task Retry_FailsTwiceThenSucceeds_IsOneExecutionWithThreeAttempts()
    {
        await using var harness = new EngineHarness();
        var attempts = new List<(int Attempt, Instant At, long Token)>();
        harness.AddNode(executors: new ExecutorRegistration("work", (run, _) =>
        {
            attempts.Add((run.Attempt, run.StartedAt, run.Token));
            return attempts.Count < 3 ? throw new IOException("not yet") : new(JobResult.Success("done"));
        }));
        await harness.Acme.CreateAsync(new JobDefinition
        {
            Key = "job",
            Executor = "work",
            Schedule = Schedule.Manual,
            Retry = RetryPolicy.Exponential(3, Duration.FromSeconds(10), Duration.FromSeconds(60)),
        });

        await harness.Acme.RunNowAsync("job");
        await harness.RunForAsync(Duration.FromMinutes(5));

        var run = Assert.Single(await harness.HistoryAsync("job"));
        Assert.Equal((ExecutionStatus.Succeeded, 3, "done", 3L), (run.Status, run.Attempt, run.Message, run.Token));
        Assert.Equal([1, 2, 3], attempts.Select(a => a.Attempt));
        Assert.InRange(attempts[1].At - attempts[0].At, Duration.FromMilliseconds(1), Duration.FromSeconds(10.1));
        Assert.InRange(attempts[2].At - attempts[1].At, Duration.FromMilliseconds(1), Duration.FromSeconds(20.1));
    }

    [Fact]
    public async Task Retry_Waiting_HoldsNoPlaceAndSkipsTheNextSlot()
    {
        await using var harness = new EngineHarness();
        var node = harness.AddNode(executors: new ExecutorRegistration("work", (run, _) =>
        {
            harness.Runs.Enqueue(run);
            return run.Failures() == 0 ? throw new IOException("once") : new(JobResult.Success());
        }));
        await harness.Acme.CreateAsync(new JobDefinition
        {
            Key = "job",
            Executor = "work",
            Schedule = Schedule.Interval(Duration.FromSeconds(1)),
            Retry = RetryPolicy.Exponential(1, Duration.FromHours(1), Duration.FromHours(1)),
        });

        await harness.RunForAsync(Duration.FromSeconds(1));
        Assert.Equal(0, node.Engine.Snapshot().Active);
        await harness.RunForAsync(Duration.FromHours(2));

        var history = await harness.HistoryAsync("job");
        Assert.Contains(history, e => e is { Status: ExecutionStatus.Skipped, Reason: ExecutionReason.Overlap });
        Assert.Contains(history, e => e is { Status: ExecutionStatus.Succeeded, Attempt: 2 });
    }

    [Fact]
    public async Task Timeout_ExecutorObeys_IsTimedOutAtTheLimit()
    {
        await using var harness = new EngineHarness();
        harness.AddNode(executors: harness.Blocking("work", new TaskCompletionSource()));
        await harness.Acme.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual, Timeout = Duration.FromMinutes(5) });

        var started = await harness.Acme.RunNowAsync("job");
        await harness.RunForAsync(Duration.FromMinutes(5));
        await harness.Clock.UntilAsync(() => harness.Nodes[0].Engine.Snapshot().Active == 0);
        await harness.SettleAsync();

        var run = await harness.Acme.Executions.GetAsync(started.Id);
        Assert.Equal((ExecutionStatus.TimedOut, ExecutionReason.Timeout), (run!.Status, run.Reason));
        Assert.Equal(RunCancelReason.Timeout, harness.Runs.Single().CancelReason);
        Assert.Equal(EngineHarness.Start + Duration.FromMinutes(5), run.EndedAt);
    }

    [Fact]
    public async Task Timeout_ExecutorIgnoresIt_IsTimedOutAfterTheGraceAndKeepsItsPlace()
    {
        await using var harness = new EngineHarness();
        var gate = new TaskCompletionSource();
        var node = harness.AddNode(executors: harness.Blocking("work", gate, ignoresCancel: true));
        await harness.Acme.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual, Timeout = Duration.FromMinutes(5) });

        var started = await harness.Acme.RunNowAsync("job");
        await harness.RunForAsync(Duration.FromMinutes(5) + Duration.FromSeconds(29));
        Assert.Equal(ExecutionStatus.Running, (await harness.Acme.Executions.GetAsync(started.Id))!.Status);
        await harness.RunForAsync(Duration.FromSeconds(2));

        var run = await harness.Acme.Executions.GetAsync(started.Id);
        Assert.Equal((ExecutionStatus.TimedOut, ExecutionReason.Timeout), (run!.Status, run.Reason));
        Assert.Equal((1, 1), (node.Engine.Snapshot().Active, node.Engine.Snapshot().Detached));
        Assert.Single(node.Events.Detached);

        gate.SetResult();
        await harness.Clock.UntilAsync(() => node.Engine.Snapshot().Active == 0);
        await harness.SettleAsync();
        Assert.Equal(ExecutionStatus.TimedOut, (await harness.Acme.Executions.GetAsync(started.Id))!.Status);
        Assert.Equal(0, node.Engine.Snapshot().Detached);
    }

    [Fact]
    public async Task Cancel_RunningOne_FiresItsTokenAndIsCancelled()
    {
        await using var harness = new EngineHarness();
        var node = harness.AddNode(executors: harness.Blocking("work", new TaskCompletionSource()));
        await harness.Acme.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual });
        var started = await harness.Acme.RunNowAsync("job");
        await harness.SettleAsync();

        await harness.Acme.Executions.CancelAsync(started.Id, "wrong customer");
        harness.Clock.Advance(TimeSpan.Zero);
        await harness.Clock.UntilAsync(() => node.Engine.Snapshot().Active == 0);
        await harness.SettleAsync();

        var run = await harness.Acme.Executions.GetAsync(started.Id);
        Assert.Equal((ExecutionStatus.Cancelled, ExecutionReason.CancelRequested, "wrong customer"), (run!.Status, run.Reason, run.CancelReason));
        Assert.Equal(RunCancelReason.Requested, harness.Runs.Single().CancelReason);
        Assert.Equal(EngineHarness.Start, run.EndedAt);
    }

    [Fact]
    public async Task Executor_DeletesAndSchedulesJobs_Works()
    {
        await using var harness = new EngineHarness();
        harness.AddNode(executors:
        [
            new ExecutorRegistration("work", async (run, ct) =>
            {
                await harness.Acme.CreateAsync(new JobDefinition { Key = "child", Executor = "child", Schedule = Schedule.Once(run.StartedAt) }, ct);
                await harness.Acme.UpdateAsync(run.JobId, new JobChange { Name = "renamed by itself" }, ct: ct);
                await harness.Acme.DeleteAsync(run.JobId, ct);
                return JobResult.Success();
            }),
            harness.Recording("child"),
        ]);
        await harness.Acme.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Manual });

        await harness.Acme.RunNowAsync("job");
        await harness.RunForAsync(Duration.FromMinutes(1));

        Assert.Null(await harness.Acme.GetAsync("job"));
        Assert.Equal("child", Assert.Single(harness.Runs).JobKey);
    }

    [Fact]
    public async Task Run_SeesThePreviousRunAndTheLastSuccess()
    {
        await using var harness = new EngineHarness();
        harness.AddNode(executors: new ExecutorRegistration("work", (run, _) =>
        {
            harness.Runs.Enqueue(run);
            return new(harness.Runs.Count == 2 ? JobResult.Failed("second") : JobResult.Success());
        }));
        await harness.Acme.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Interval(Duration.FromHours(1)) });

        await harness.RunForAsync(Duration.FromHours(3));

        var runs = harness.Runs.ToArray();
        Assert.Null(runs[0].PreviousRun);
        Assert.Equal(runs[1].ExecutionId, runs[2].PreviousRun!.Id);
        Assert.Equal(ExecutionStatus.Failed, runs[2].PreviousRun!.Status);
        Assert.Equal(runs[0].StartedAt, runs[2].LastSuccessAt);
    }

    [Fact]
    public async Task AsyncLocalAndCulture_SetByOneRun_AreNotSeenByTheNext()
    {
        await using var harness = new EngineHarness();
        var local = new AsyncLocal<string?>();
        var seen = new List<string?>();
        harness.AddNode(new EngineOptions { MaxConcurrentRuns = 1 }, executors: new ExecutorRegistration("work", (_, _) =>
        {
            seen.Add(local.Value);
            local.Value = "leaked";
            return new(JobResult.Success());
        }));
        for (var i = 0; i < 5; i++)
            await harness.Acme.CreateAsync(new JobDefinition { Key = $"job-{i}", Executor = "work", Schedule = Schedule.Once(EngineHarness.Start) });

        await harness.RunForAsync(Duration.FromSeconds(1));

        Assert.Equal(5, seen.Count);
        Assert.All(seen, Assert.Null);
    }

    private static async Task AssertFailsAsync(ExecutorCallback execute, ExecutionReason reason, string? type, string message)
    {
        await using var harness = new EngineHarness();
        harness.AddNode(executors: new ExecutorRegistration("work", execute));
        await harness.Acme.CreateAsync(new JobDefinition { Key = "job", Executor = "work", Schedule = Schedule.Interval(Duration.FromHours(1)) });

        await harness.RunForAsync(Duration.FromHours(1));

        var run = Assert.Single(await harness.HistoryAsync("job"));
        Assert.Equal((ExecutionStatus.Failed, reason, 1), (run.Status, run.Reason, run.Attempt));
        Assert.Equal((type, message), (run.Error!.Type, run.Error.Message));

        // A failed job runs again at its next slot.
        await harness.RunForAsync(Duration.FromHours(1));
        Assert.Equal(2, (await harness.HistoryAsync("job")).Count);
    }

    internal sealed record SyncPayload(string Account);

    [JsonSerializable(typeof(SyncPayload))]
    internal sealed partial class PayloadContext : JsonSerializerContext;
}

internal static class JobContextTestExtensions
{
    /// <summary>The attempts before this one.</summary>
    public static int Failures(this JobContext run) => run.Attempt - 1;
}
