using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;

namespace Scheduling.Testing.Tests.Hell;

/// <summary>
/// Executors from hell (faults D1-D4, D7, D10-D12, D19, D21, D22) beside a well one on the same node: each ends as it must, and the well one runs for every slot, on time, and sees nothing of it.
/// </summary>
public class HellTests
{
    private static readonly Instant Start = new HarnessOptions().Start;

    [Theory]
    [InlineData("throws", ExecutionStatus.Failed, ExecutionReason.Exception)]
    [InlineData("throws later", ExecutionStatus.Failed, ExecutionReason.Exception)]
    [InlineData("throws in its constructor", ExecutionStatus.Failed, ExecutionReason.Exception)]
    [InlineData("misses a dependency", ExecutionStatus.Failed, ExecutionReason.Exception)]
    [InlineData("throws in its disposal", ExecutionStatus.Failed, ExecutionReason.Exception)]
    [InlineData("throws what cannot be read", ExecutionStatus.Failed, ExecutionReason.Exception)]
    [InlineData("throws 10 MB", ExecutionStatus.Failed, ExecutionReason.Exception)]
    [InlineData("is cancelled, though nobody asked", ExecutionStatus.Failed, ExecutionReason.Exception)]
    [InlineData("returns no task", ExecutionStatus.Failed, ExecutionReason.Exception)]
    [InlineData("ends twice", ExecutionStatus.Failed, ExecutionReason.Exception)]
    [InlineData("returns 10 MB", ExecutionStatus.Succeeded, ExecutionReason.None)]
    [InlineData("reports 100,000 events", ExecutionStatus.Succeeded, ExecutionReason.None)]
    [InlineData("never ends", ExecutionStatus.TimedOut, ExecutionReason.Timeout)]
    [InlineData("never ends and ignores its token", ExecutionStatus.TimedOut, ExecutionReason.Timeout)]
    [InlineData("swallows its cancellation", ExecutionStatus.Succeeded, ExecutionReason.None)]
    [InlineData("throws in a callback of its token", ExecutionStatus.TimedOut, ExecutionReason.Timeout)]
    [InlineData("runs itself", ExecutionStatus.Failed, ExecutionReason.Exception)]
    [InlineData("edits itself", ExecutionStatus.Succeeded, ExecutionReason.None)]
    [InlineData("leaves a task that fails", ExecutionStatus.Succeeded, ExecutionReason.None)]
    [InlineData("leaves everything behind", ExecutionStatus.Succeeded, ExecutionReason.None)]
    [InlineData("leaves everything behind, without a scope", ExecutionStatus.Succeeded, ExecutionReason.None)]
    public async Task Executor_FromHell_EndsAsItMustAndHurtsNobody(string what, ExecutionStatus status, ExecutionReason reason)
    {
        var well = new Well();
        await using var harness = await StartAsync(what, well);

        await harness.AdvanceByAsync(Duration.FromMinutes(63));

        var record = await harness.RecordAsync("acme", "hell");
        record.NothingOpen().StartedOnce();
        Assert.Equal(6, record.Executions.Count);
        Assert.All(record.Executions, run => Assert.Equal((status, reason), (run.Status, run.Reason)));
        Assert.All(record.Executions, static run => Assert.InRange((run.Message?.Length ?? 0) + (run.Error?.Message.Length ?? 0) + (run.Error?.Detail?.Length ?? 0), 0, 8_192));
        await AssertWellAsync(harness, well, 63);
        Assert.Equal(what == "never ends and ignores its token" ? 6 : 0, harness.Nodes[0].Engine!.Detached);
        Assert.Equal(harness.Nodes[0].Engine!.Detached, harness.Nodes[0].Engine!.Active);
    }

    [Theory]
    [InlineData("deletes itself")]
    [InlineData("pauses itself")]
    public async Task Executor_ThatEndsItsOwnJob_RunsOnce(string what)
    {
        var well = new Well();
        await using var harness = await StartAsync(what, well);

        await harness.AdvanceByAsync(Duration.FromMinutes(63));

        var job = await harness.ForTenant("acme").GetAsync("hell");
        Assert.Equal(what == "deletes itself" ? null : JobState.Paused, job?.State);
        (await harness.RecordAsync("acme", "hell")).Ran(job is null ? 0 : 1).NothingOpen();
        Assert.Equal(1, harness.Transcript.LinesOf("acme", "hell").Count(static line => line.Contains("started   acme/hell", StringComparison.Ordinal)));
        await AssertWellAsync(harness, well, 63);
    }

    [Fact]
    public async Task Executor_ThatTakesItsProcessWithIt_IsPoisonedAfterThreeAndTheOthersGoOn()
    {
        SchedulingHarness harness = null!;
        var taken = 0;
        await using var made = harness = new SchedulingHarness(
            s => s
                .AddExecutor("hell", async (run, _) =>
                {
                    taken++;
                    harness.FailNode(harness.Nodes.Last(static node => node.State == HarnessNodeState.Running));
                    await harness.CreateGate().WaitAsync(CancellationToken.None);
                    return JobResult.Success();
                })
                .AddExecutor("well", static (_, _) => default),
            nodes: 1);
        await harness.ForTenant("acme").CreateAsync(new JobDefinition { Key = "hell", Executor = "hell", Schedule = Schedule.Manual });
        await harness.ForTenant("acme").CreateAsync(new JobDefinition { Key = "well", Executor = "well", Schedule = Schedule.Interval(Duration.FromMinutes(1)) });
        await harness.ForTenant("acme").RunNowAsync("hell");

        // Somebody restarts the process each time, as a service manager does.
        for (var restarts = 0; restarts < 6; restarts++)
        {
            await harness.AdvanceByAsync(Duration.FromMinutes(2));
            if (harness.Nodes[^1].State == HarnessNodeState.Failed)
                harness.AddNode();
        }

        Assert.Equal(3, taken);
        var poisoned = Assert.Single((await harness.RecordAsync("acme", "hell")).NothingOpen().Executions);
        Assert.Equal((ExecutionStatus.Abandoned, ExecutionReason.Poisoned, 3), (poisoned.Status, poisoned.Reason, poisoned.Attempt));
        var before = (await harness.RecordAsync("acme", "well")).Successes.Count();
        await harness.AdvanceByAsync(Duration.FromMinutes(10));
        (await harness.RecordAsync("acme", "well")).Ran(before + 10);
    }

    private static async Task<SchedulingHarness> StartAsync(string what, Well well)
    {
        var harness = new SchedulingHarness(s => HellExecutors.Add(s, what).AddExecutor("well", well.Execute));
        await harness.ForTenant("acme").CreateAsync(new JobDefinition { Key = "hell", Executor = "hell", Schedule = Schedule.Interval(Duration.FromMinutes(10)), Timeout = Duration.FromMinutes(1) });
        await harness.ForTenant("acme").CreateAsync(new JobDefinition { Key = "well", Executor = "well", Schedule = Schedule.Interval(Duration.FromMinutes(1)) });
        return harness;
    }

    private static async Task AssertWellAsync(SchedulingHarness harness, Well well, int minutes)
    {
        var record = await harness.RecordAsync("acme", "well");
        record.Ran(minutes).RanAt(Enumerable.Range(1, minutes).Select(static minute => Start + Duration.FromMinutes(minute))).StartedOnce();
        Assert.All(record.Executions, static run => Assert.Equal(run.ScheduledFor, run.StartedAt));
        Assert.Equal(EngineState.Running, harness.Nodes[0].Engine!.State);
        Assert.Equal([well.Clean], well.Seen.Distinct());
    }

    /// <summary>An executor that looks around before it ends.</summary>
    private sealed class Well
    {
        public (string? Local, CultureInfo Culture, Activity? Activity, System.Security.Principal.IPrincipal? Principal, SynchronizationContext? Context) Clean { get; } =
            (null, CultureInfo.CurrentCulture, null, null, null);

        public List<(string? Local, CultureInfo Culture, Activity? Activity, System.Security.Principal.IPrincipal? Principal, SynchronizationContext? Context)> Seen { get; } = [];

        public ValueTask<JobResult> Execute(JobContext run, CancellationToken ct)
        {
            Seen.Add((HellExecutors.Local.Value, CultureInfo.CurrentCulture, Activity.Current, Thread.CurrentPrincipal, SynchronizationContext.Current));
            return ValueTask.FromResult(JobResult.Success());
        }
    }
}
