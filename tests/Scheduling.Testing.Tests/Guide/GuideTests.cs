using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Scheduling.Hosting;
using Scheduling.Schedules;

namespace Scheduling.Testing.Tests.Guide;

/// <summary>The guide's examples run: each body is a C# block of docs/guides/testing.md, word for word.</summary>
public class GuideTests
{
    [Fact]
    public async Task ThreeLines_AYear_IsAllThere()
    {
        await using var harness = new SchedulingHarness(s => s.AddExecutor("sync", (run, ct) => ValueTask.FromResult(JobResult.Success())));
        await harness.ForTenant("acme").CreateAsync(new JobDefinition { Key = "crm", Executor = "sync", Schedule = Schedule.Polling(PollingInterval.OneDay, hour: 2) });
        await harness.AdvanceByAsync(Duration.FromDays(365));

        (await harness.RecordAsync("acme", "crm")).Ran(365).MissedNothing().SkippedNothing().StartedOnce();
    }

    [Fact]
    public async Task Time_AnExecutorThatWaits_TakesIt()
    {
        await using var harness = new SchedulingHarness(s => s.AddExecutor("sync", async (services, run, ct) =>
        {
            await Task.Delay(TimeSpan.FromMinutes(40), services.GetRequiredService<TimeProvider>(), ct);
            return JobResult.Success();
        }));
        await harness.ForTenant("acme").CreateAsync(new JobDefinition { Key = "crm", Executor = "sync", Schedule = Schedule.Interval(Duration.FromMinutes(30)) });
        await harness.AdvanceByAsync(Duration.FromMinutes(75));

        (await harness.RecordAsync("acme", "crm")).Ran(1).SkippedBecause(ExecutionReason.Overlap, slots: 1);
    }

    [Fact]
    public async Task Gate_HoldsAnExecutor_UntilItOpens()
    {
        HarnessGate? gate = null;
        await using var harness = new SchedulingHarness(s => s.AddExecutor("sync", async (run, ct) =>
        {
            await gate!.WaitAsync(ct);
            return JobResult.Success();
        }));
        gate = harness.CreateGate();
        await harness.ForTenant("acme").CreateAsync(new JobDefinition { Key = "crm", Executor = "sync", Schedule = Schedule.Manual });
        await harness.ForTenant("acme").RunNowAsync("crm");
        await harness.AdvanceByAsync(Duration.FromHours(2));

        (await harness.RecordAsync("acme", "crm")).Ran(0);
        gate.Open();
        await harness.RunUntilIdleAsync();
        (await harness.RecordAsync("acme", "crm")).Ran(1).NothingOpen();
    }

    [Fact]
    public async Task DyingNode_InTheAutumnClockChange_CostsNothing()
    {
        await using var harness = new SchedulingHarness(Report, nodes: 2, new HarnessOptions { Start = Instant.FromUtc(2026, 10, 24, 12, 0) });
        await harness.ForTenant("acme").CreateAsync(new JobDefinition { Key = "report", Executor = "report", Schedule = Schedule.Cron("30 2 * * *", "Europe/Paris") });

        // Half past two comes twice in that night, and the job runs in the first pass. Ten minutes into its work the node is gone.
        await harness.AdvanceToAsync(Instant.FromUtc(2026, 10, 25, 0, 40));
        var running = (await harness.RecordAsync("acme", "report")).Executions.Single();
        harness.FailNode(harness.Nodes.Single(node => node.Name == running.Node));
        await harness.RunUntilIdleAsync();
        await harness.AdvanceToAsync(Instant.FromUtc(2026, 10, 25, 12, 0));

        (await harness.RecordAsync("acme", "report")).Ran(1).RanAt(Instant.FromUtc(2026, 10, 25, 0, 30)).Ended(ExecutionStatus.Succeeded, 1).MissedNothing();

        static void Report(SchedulingBuilder s) => s.AddExecutor("report", async (services, run, ct) =>
        {
            await Task.Delay(TimeSpan.FromMinutes(20), services.GetRequiredService<TimeProvider>(), ct);
            return JobResult.Success();
        });
    }

    [Fact]
    public async Task Seeds_WhateverTheOrder_LoseNoSlot()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            await using var harness = new SchedulingHarness(s => s.AddExecutor("sync", (run, ct) => ValueTask.FromResult(JobResult.Success())), nodes: 3, new HarnessOptions { Seed = seed });
            await harness.ForTenant("acme").CreateAsync(new JobDefinition { Key = "crm", Executor = "sync", Schedule = Schedule.Interval(Duration.FromMinutes(5)) });
            await harness.AdvanceByAsync(Duration.FromMinutes(17));
            harness.StopStore();
            await harness.AdvanceByAsync(Duration.FromMinutes(14));
            harness.StartStore();
            await harness.AdvanceByAsync(Duration.FromMinutes(9));

            // 20, 25 and 30 passed in the outage: one run for the latest, which counts the others.
            (await harness.RecordAsync("acme", "crm")).Ran(6).MissedBetween(harness.Now - Duration.FromMinutes(40), harness.Now, slots: 2).StartedOnce();
        }
    }

    [Fact]
    public void EveryBlockOfTheGuide_IsATestHere()
    {
        var tests = Normalized(File.ReadAllText(PathOf("tests", "Scheduling.Testing.Tests", "Guide", "GuideTests.cs")));

        Assert.NotEmpty(Blocks("csharp"));
        Assert.All(Blocks("csharp"), block => Assert.Contains(block, tests, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failure_OfAStatement_ReadsAsTheGuideShows()
    {
        await using var harness = new SchedulingHarness(static s => s.AddExecutor("sync", static (run, _) =>
            ValueTask.FromResult(run.ScheduledFor?.InUtc().Hour == 2 ? JobResult.Failed("the server said 503") : JobResult.Success())));
        await harness.ForTenant("acme").CreateAsync(new JobDefinition { Key = "crm", Executor = "sync", Schedule = Schedule.Interval(Duration.FromHours(1)) });
        await harness.AdvanceByAsync(Duration.FromHours(3));
        var record = await harness.RecordAsync("acme", "crm");

        var failure = Assert.Throws<ExpectationException>(() => record.Ran(3));

        Assert.Equal(Assert.Single(Blocks("text")), Normalized(failure.Message));
    }

    private static IEnumerable<string> Blocks(string language) =>
        File.ReadAllText(PathOf("docs", "guides", "testing.md")).Split("```" + language + "\n").Skip(1)
            .Select(static rest => Normalized(string.Join('\n', rest[..rest.IndexOf("```", StringComparison.Ordinal)].Split('\n').Where(static line => !IsUsing(line)))));

    private static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && !line.Contains('=');

    /// <summary>Without indentation and empty lines.</summary>
    private static string Normalized(string text) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static string PathOf(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Scheduling.sln")))
            folder = folder.Parent;
        return Path.Combine([folder?.FullName ?? throw new InvalidOperationException("The solution's folder was not found above the tests."), .. parts]);
    }
}
