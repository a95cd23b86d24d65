using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduling.Schedules;
using Scheduling.TestKit;

namespace Scheduling.Hosting.Tests.Edges;

/// <summary>A day of a hundred jobs on virtual time: memory and handles are where they were, and the log has said next to nothing (fault E11). <c>SCHEDULING_SOAK_HOURS=240</c> makes it ten days.</summary>
[Collection(nameof(Alone))]
public class SoakTests(ITestOutputHelper output)
{
    private static readonly Duration WarmUp = Duration.FromHours(3);

    [Fact]
    public async Task Day_OfAHundredJobs_LeavesMemoryAndHandlesFlat()
    {
        var logs = new LogSink();
        await using var harness = new SchedulingHarness(
            s =>
            {
                s.Services.AddSingleton<ILoggerProvider>(logs);
                s.AddExecutor("work", WorkAsync).Configure(static o => o.Retention = TimeSpan.FromHours(1));
            },
            nodes: 2,
            new HarnessOptions { MaximumHistory = 1_000, TranscriptLines = 100 });
        for (var i = 0; i < 100; i++)
            await harness.ForTenant($"tenant-{i % 7}").CreateAsync(new JobDefinition { Key = $"job-{i}", Executor = "work", Schedule = Schedule.Interval(Duration.FromSeconds(240 + i)) });
        await harness.AdvanceByAsync(WarmUp);
        var (memory, handles, lines) = (Memory(), Handles(), logs.Lines.Count);

        await harness.AdvanceByAsync(Duration.FromHours(TestSettings.SoakHours ?? 24) - WarmUp);

        var (memoryAfter, handlesAfter) = (Memory(), Handles());
        output.WriteLine($"{TestSettings.SoakHours ?? 24} h: {memory / 1e6:0.00} -> {memoryAfter / 1e6:0.00} MB, {handles} -> {handlesAfter} handles, {logs.Lines.Count} log lines, {harness.Nodes.Sum(static node => node.Store.CountOf())} calls, {harness.Transcript.Count} events");
        Assert.InRange(memoryAfter - memory, -20_000_000, 2_000_000);
        Assert.InRange(handlesAfter - handles, -20, 5);
        Assert.InRange(logs.Lines.Count - lines, 0, 50);
        (await harness.RecordAsync("tenant-0", "job-0")).MissedNothing().SkippedNothing();
    }

    private static async ValueTask<JobResult> WorkAsync(IServiceProvider services, JobContext run, CancellationToken ct)
    {
        run.Report(RunEventLevel.Information, "page", "one of many");
        await Task.Delay(TimeSpan.FromSeconds(2), services.GetRequiredService<TimeProvider>(), ct);
        return JobResult.Success("done");
    }

    private static long Memory()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static int Handles()
    {
        using var process = Process.GetCurrentProcess();
        return process.HandleCount;
    }
}
