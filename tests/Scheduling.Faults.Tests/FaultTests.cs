using System.Globalization;

namespace Scheduling.Faults.Tests;

/// <summary>Faults that processes suffer, on a store with real processes.</summary>
public abstract class FaultTests
{
    private protected abstract Task<World> CreateAsync();

    /// <summary>B1-B4: kill -9 at each point of the protocol. The run is done, its row says so once, and a restart has a higher attempt.</summary>
    [Theory]
    [InlineData(KillPoint.BeforeClaim, 1, 1)]
    [InlineData(KillPoint.AfterClaim, 2, 1)]
    [InlineData(KillPoint.InRun, 2, 2)]
    [InlineData(KillPoint.BeforeSettle, 2, 2)]
    [InlineData(KillPoint.AfterSettle, 1, 1)]
    public async Task Kill_AtAPoint_IsTakenOverByAnother(KillPoint point, int attempts, int begun)
    {
        await using var world = await CreateAsync();
        var job = await world.OnceAsync("job", milliseconds: 20);
        var victim = world.Start("victim", point);
        Assert.NotEqual(0, await victim.ExitAsync());

        world.Start("heir");
        var ended = await world.EndOfAsync(job);

        Assert.Equal((ExecutionStatus.Succeeded, attempts), (ended.Status, ended.Attempt));
        Assert.Equal(begun, world.Lines.Count(static line => !line.IsEnd));
        world.CheckLines();
    }

    /// <summary>B5: a process frozen beyond its lease wakes to a lost lease: it writes no result, and the one that took over is the one that counts.</summary>
    [Fact]
    public async Task Freeze_BeyondTheLease_LosesTheRunToAnother()
    {
        await using var world = await CreateAsync();
        var job = await world.OnceAsync("job", milliseconds: 1_500);
        var frozen = world.Start("frozen");
        await world.UntilAsync(() => world.Lines.Count == 1);
        frozen.Freeze();

        world.Start("heir");
        var ended = await world.EndOfAsync(job);
        frozen.Thaw();
        await world.UntilAsync(() => frozen.Output.Contains("lost", StringComparison.OrdinalIgnoreCase));

        Assert.Equal((ExecutionStatus.Succeeded, 2, "heir"), (ended.Status, ended.Attempt, ended.Node));
        Assert.Equal(0, await frozen.StopAsync());
        Assert.Equal(ended, await world.EndOfAsync(job));
        world.CheckLines();
    }

    /// <summary>D7: work that takes its process down is abandoned as poisoned after three starts, and other jobs go on.</summary>
    [Fact]
    public async Task Kill_ByTheWorkItself_IsPoisonedAfterThreeStarts()
    {
        await using var world = await CreateAsync();
        var poison = await world.OnceAsync("poison");
        for (var start = 1; start <= 3; start++)
            Assert.NotEqual(0, await world.Start($"victim-{start}", KillPoint.InRun).ExitAsync());

        world.Start("heir");
        var ended = await world.EndOfAsync(poison);
        var other = await world.EndOfAsync(await world.OnceAsync("other"));

        Assert.Equal((ExecutionStatus.Abandoned, ExecutionReason.Poisoned, 3), (ended.Status, ended.Reason, ended.Attempt));
        Assert.Equal(ExecutionStatus.Succeeded, other.Status);
    }

    /// <summary>E1, B18: a stop hands nothing over late: what runs ends, and the next process needs no lease to end.</summary>
    [Fact]
    public async Task Stop_WithRuns_LetsThemEndAndLosesNothing()
    {
        await using var world = await CreateAsync();
        List<Job> jobs = [];
        for (var n = 0; n < 10; n++)
            jobs.Add(await world.OnceAsync($"job-{n}", milliseconds: 500));
        var worker = world.Start("worker", change: static settings => settings with { Places = 4 });
        await world.UntilAsync(() => world.Lines.Count > 0);
        Assert.Equal(0, await worker.StopAsync());

        world.Start("next");

        foreach (var job in jobs)
            Assert.Equal((ExecutionStatus.Succeeded, 1), await StatusOfAsync(world, job));
        Assert.Equal(10, world.Lines.Count(static line => line.IsEnd));
    }

    /// <summary>B12: many one-time jobs on three nodes, each exactly once. 1,000 by default, <c>SCHEDULING_FAULT_JOBS</c> for more.</summary>
    [Fact]
    public async Task Nodes_ManyOneTimeJobs_RunEachOnce()
    {
        var jobs = Setting("SCHEDULING_FAULT_JOBS") ?? 1_000;
        await using var world = await CreateAsync();
        for (var n = 0; n < jobs; n++)
            await world.OnceAsync($"job-{n}", tenant: $"tenant-{n % 20}");
        for (var node = 1; node <= 3; node++)
            world.Start($"node-{node}");

        await world.UntilAsync(() => world.Lines.Count(static line => line.IsEnd) >= jobs);
        await world.UntilAsync(async () => (await world.Store.Claims.InspectAsync(default)).OpenExecutions == 0);

        Assert.Equal(jobs, world.Lines.Count(static line => !line.IsEnd));
        world.CheckLines();
    }

    /// <summary>B13: one job every second on three nodes, of which one is killed now and then: every slot once. A few seconds by default, <c>SCHEDULING_FAULT_SECONDS</c> for longer.</summary>
    [Fact]
    public async Task Nodes_AJobEverySecondWhileOneIsKilled_CoverEverySlotOnce()
    {
        await using var world = await CreateAsync();
        List<Job> jobs = [await world.EveryAsync("a", 1), await world.EveryAsync("b", 1, milliseconds: 400), await world.EveryAsync("c", 2, milliseconds: 50)];
        for (var node = 1; node <= 3; node++)
            world.Start($"node-{node}");
        for (var kill = 1; kill <= 2; kill++)
        {
            var before = world.Lines.Count;
            await world.UntilAsync(() => world.Lines.Count >= before + 10);
            world.Start($"victim-{kill}", KillPoint.InRun);
        }
        var since = TimeProvider.System.GetTimestamp();
        var last = world.Lines.Count;
        await world.UntilAsync(() => world.Lines.Count >= last + 10);
        while (TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(Setting("SCHEDULING_FAULT_SECONDS") ?? 0))
        {
            last = world.Lines.Count;
            await world.UntilAsync(() => world.Lines.Count >= last + 10);
        }

        var due = await world.SettleAndCheckAsync(jobs);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{due} slots due, each in one row; {world.Lines.Count(static line => !line.IsEnd)} runs begun"));
        Assert.True(due > 10);
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static async Task<(ExecutionStatus Status, int Attempt)> StatusOfAsync(World world, Job job)
    {
        var ended = await world.EndOfAsync(job);
        return (ended.Status, ended.Attempt);
    }
}
