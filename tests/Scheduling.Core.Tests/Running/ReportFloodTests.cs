using Scheduling.Running;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Tests.Running;

/// <summary>faults.md D12: however much a run says, what is kept of it is bounded, and saying it waits for nothing.</summary>
public class ReportFloodTests
{
    private static readonly ClaimedRun Run = new()
    {
        Id = ExecutionId.Parse("01890a5d-ac96-774b-bcce-b302099a8057"),
        Tenant = new TenantId("acme"),
        JobId = JobId.Parse("01890a5d-ac96-774b-bcce-b302099a8058"),
        Definition = new JobDefinition { Key = "job", Executor = "x", Schedule = Schedule.Manual },
        JobVersion = 1,
    };

    [Fact]
    public void Report_AMillionEventsAndSteps_KeepsTheFirstAndCountsTheRest()
    {
        var context = new JobContext(Run);
        for (var i = 0; i < 1_000_000; i++)
        {
            context.Report(RunEventLevel.Information, "line", "text");
            context.ReportProgress(i, 1_000_000);
        }

        var report = context.Journal!.Close()!;

        Assert.Equal(RunEvent.MaximumCount, report.Events.Count);
        Assert.Equal((RunEvent.DroppedName, "999801 more events were not kept."), (report.Events[^1].Name, report.Events[^1].Text));
        Assert.Equal(999_999, report.Progress!.Done);
    }

    [Fact]
    public void Report_TenMegabytesAtOnce_IsCutAndStaysWithinTheRunsBytes()
    {
        var context = new JobContext(Run);
        var huge = new string('x', 10_000_000);
        for (var i = 0; i < 30; i++)
            context.Report(RunEventLevel.Information, huge, huge);
        context.Phase = huge;

        var report = context.Journal!.Close()!;

        Assert.InRange(report.Events.Sum(static reported => reported.Bytes), 1, RunEvent.MaximumBytes);
        Assert.All(report.Events, static reported => Assert.InRange(reported.Text!.Length, 1, RunEvent.MaximumTextLength));
        Assert.Equal(RunEvent.DroppedName, report.Events[^1].Name);
        Assert.Equal(RunProgress.MaximumPhaseLength, report.Progress!.Phase!.Length);
    }

    [Fact]
    public void Result_OfTenMegabytes_IsCut()
    {
        var huge = new string('x', 10_000_000);

        var said = AttemptPlanner.Decide(Run, new AttemptEnd(JobResult.Success(huge)), RunCancelReason.None, Random.Shared);
        var thrown = AttemptPlanner.Decide(Run, new AttemptEnd(new InvalidOperationException(huge)), RunCancelReason.None, Random.Shared);

        Assert.Equal(JobResult.MaximumMessageLength, said.Message!.Length);
        Assert.Equal(ExecutionError.MaximumMessageLength, thrown.Error!.Message.Length);
        Assert.InRange(thrown.Error.Detail?.Length ?? 0, 0, ExecutionError.MaximumDetailLength);
    }
}
