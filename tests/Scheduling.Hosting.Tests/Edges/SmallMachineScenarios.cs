using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Hosting.Tests.Edges;

/// <summary>For a child process with next to no memory; see <see cref="ChildTests"/>.</summary>
public class SmallMachineScenarios
{
    [Fact(Explicit = true)]
    public async Task TenThousandJobs_ForAnHour_Run()
    {
        await using var harness = new SchedulingHarness(
            static s => s.AddExecutor("x", static (_, _) => default),
            new HarnessOptions { MaximumHistory = 20_000, TranscriptLines = 100 });
        for (var i = 0; i < 10_000; i++)
            await harness.ForTenant($"tenant-{i % 100}").CreateAsync(new JobDefinition { Key = $"job-{i}", Executor = "x", Schedule = Schedule.Interval(Duration.FromMinutes(20)) });

        await harness.AdvanceByAsync(Duration.FromHours(1));

        (await harness.RecordAsync("tenant-0", "job-9900")).MissedNothing().StartedOnce().NothingOpen();
        Assert.Equal(60_000, harness.Transcript.Count - 2);
    }
}
