using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Scheduling.Running;
using Scheduling.Schedules;

namespace Scheduling.Hosting.Tests.Edges;

/// <summary>Two hundred stops, each in the middle of something else (fault E4): during claims, runs, renewals, migrations and outages. Each ends within the host's limit, and nothing is lost.</summary>
public class StopEverywhereTests
{
    private const int Stops = 200;
    private const int StopsPerSeed = 20;
    private static readonly Duration Limit = Duration.FromSeconds(30);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, Stops / StopsPerSeed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Stop_DuringAnything_EndsInTimeAndTheNextNodeGoesOn(int seed)
    {
        var random = new Random(seed);
        await using var harness = new SchedulingHarness(Register, nodes: 0, new HarnessOptions { Seed = seed });
        for (var i = 0; i < 8; i++)
            await harness.ForTenant($"tenant-{i % 3}").CreateAsync(Job(i));

        for (var stop = 0; stop < StopsPerSeed; stop++)
        {
            var node = harness.AddNode();
            var fault = Disturb(node, random);
            await harness.AdvanceByAsync(Duration.FromMilliseconds(random.Next(4) == 0 ? 0 : random.Next(25_000)));
            var before = harness.Now;

            await harness.StopNodeAsync(node);

            Assert.True(harness.Now - before <= Limit + Duration.FromSeconds(2), $"Seed {seed}, stop {stop} ({fault}): it took {harness.Now - before}.");
            Assert.Equal(EngineState.Stopped, node.Engine!.State);
            if (fault == StoreFault.None)
                await AssertNothingIsHeldAsync(harness, $"Seed {seed}, stop {stop}");
        }

        // What a stop could not write is left to the lease; the last node takes it all up.
        harness.AddNode();
        await harness.AdvanceByAsync(Duration.FromMinutes(3));
        for (var i = 0; i < 8; i++)
            await harness.ForTenant($"tenant-{i % 3}").PauseAsync($"job-{i}");
        await harness.RunUntilIdleAsync();
        for (var i = 0; i < 8; i++)
            AssertComplete(await harness.RecordAsync($"tenant-{i % 3}", $"job-{i}"), Every(i), seed);
    }

    [Fact]
    public async Task Stop_OfOneOfTwoHosts_GivesItsRunsToTheOtherAtOnce()
    {
        await using var harness = new SchedulingHarness(Register, nodes: 2);
        await harness.ForTenant("acme").CreateAsync(new JobDefinition { Key = "long", Executor = "work", Schedule = Schedule.Manual, Payload = JobPayload.FromJson("600") });
        await harness.ForTenant("acme").RunNowAsync("long");
        await harness.AdvanceByAsync(Duration.FromSeconds(7));
        var owner = harness.Nodes.Single(static node => node.Engine!.Active == 1);

        await harness.StopNodeAsync(owner);
        await harness.AdvanceByAsync(Duration.FromSeconds(2));

        var run = Assert.Single((await harness.RecordAsync("acme", "long")).Executions);
        Assert.Equal((ExecutionStatus.Running, 2, harness.Nodes.Single(node => node != owner).Name), (run.Status, run.Attempt, run.Node));
    }

    private static void Register(SchedulingBuilder s) => s
        .Configure(static o => o.ShutdownTimeout = Limit.ToTimeSpan())
        .AddExecutor("work", static async (services, run, ct) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(Seconds(run.Payload)), services.GetRequiredService<TimeProvider>(), ct);
            return JobResult.Success();
        })
        .AddExecutor("deaf", static async (services, run, _) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(Seconds(run.Payload)), services.GetRequiredService<TimeProvider>(), CancellationToken.None);
            return JobResult.Success();
        });

    private static JobDefinition Job(int i) => new()
    {
        Key = $"job-{i}",
        Executor = i % 4 == 3 ? "deaf" : "work",
        Schedule = Schedule.Interval(Every(i)),
        Payload = JobPayload.FromJson($"{(i % 4) switch { 0 => 0, 1 => 4, 2 => 25, _ => 70 }}"),
    };

    private static Duration Every(int i) => Duration.FromSeconds(5 + (3 * i));

    private static int Seconds(JobPayload payload) => int.Parse(payload.ToJson()!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Every other stop meets a store in trouble: at its start (a migration), in claims, in results, or everywhere.</summary>
    private static StoreFault Disturb(HarnessNode node, Random random)
    {
        if (random.Next(2) == 0)
            return StoreFault.None;
        StoreCall[] calls = [StoreCall.Initialize, StoreCall.Claim, StoreCall.Settle, StoreCall.Renew, StoreCall.Leave, StoreCall.All];
        StoreFault[] faults = [StoreFault.Throws, StoreFault.Hangs, StoreFault.LosesAnswer, StoreFault.ComesLate];
        var fault = faults[random.Next(faults.Length)];
        node.Store.Inject(calls[random.Next(calls.Length)], fault, times: random.Next(3) == 0 ? int.MaxValue : 1 + random.Next(3));
        return fault;
    }

    private static async Task AssertNothingIsHeldAsync(SchedulingHarness harness, string where)
    {
        for (var i = 0; i < 8; i++)
        {
            var record = await harness.RecordAsync($"tenant-{i % 3}", $"job-{i}");
            Assert.True(record.Executions.All(run => run.Status != ExecutionStatus.Running || run.Node != harness.Nodes[^1].Name), $"{where}: job-{i} is still with the stopped node.");
        }
    }

    /// <summary>Every slot from the first to the last is in exactly one row, and all have ended.</summary>
    private static void AssertComplete(JobRecord record, Duration every, int seed)
    {
        record.NothingOpen();
        var rows = record.Executions.Where(static run => run.Slots is not null).OrderBy(static run => run.Slots!.Value.First).ToList();
        for (var i = 1; i < rows.Count; i++)
            Assert.True(rows[i].Slots!.Value.First == rows[i - 1].Slots!.Value.Last + every, $"Seed {seed}: after {rows[i - 1]} there is {rows[i]}");

        // A run whose node could not give it back three times in a row is taken for the cause, as it should be.
        Assert.All(rows, static run => Assert.True(run.Status is ExecutionStatus.Succeeded or ExecutionStatus.Skipped || run.Reason == ExecutionReason.Poisoned, run.ToString()));
    }
}
