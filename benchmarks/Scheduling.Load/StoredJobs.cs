using System.Diagnostics;
using NodaTime;
using Scheduling.Planning;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Load;

/// <summary>Adding jobs, what each costs in memory, and what looking costs when nothing is due.</summary>
internal static class StoredJobs
{
    private const int Tenants = 1_000;

    private static readonly byte[] Payload = "{\"account\":\"0123456789abcdef\",\"region\":\"eu-west\"}"u8.ToArray();

    public static async Task MeasureAsync(LoadOptions options, ResultTable table)
    {
        await WarmUpAsync();
        var store = new InMemoryStore();
        var scheduler = new JobScheduler(store);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var meter = CostMeter.Start();
        await AddAsync(scheduler, options.Stored);
        var cost = meter.Stop(options.Stored);
        table.Add("jobs added", $"{cost.RunsPerSecond:N0}/s", "≥ 300,000/s", $"{options.Stored:N0} jobs of {Tenants:N0} tenants; {cost.CpuMicroseconds:N2} µs of CPU and {cost.Bytes:N0} bytes allocated for each");
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        table.Add("memory of a stored job", $"{bytes / options.Stored:N0} bytes", "≤ 700 bytes", $"20-character key, {Payload.Length}-byte payload");
        await MeasureIdleAsync(store, table);
        GC.KeepAlive(scheduler);
    }

    /// <summary>What is measured is not the compiler: adding and looking are done in a store of their own first.</summary>
    private static async Task WarmUpAsync()
    {
        var store = new InMemoryStore();
        await AddAsync(new JobScheduler(store), 100_000);
        await LookAsync(store, 100_000);
    }

    private static async Task AddAsync(JobScheduler scheduler, int jobs)
    {
        var tenants = Enumerable.Range(0, Tenants).Select(i => scheduler.ForTenant($"tenant-{i:D4}")).ToArray();
        var schedule = Schedule.Polling(PollingInterval.OneDay, hour: 0);
        for (var i = 0; i < jobs; i++)
        {
            await tenants[i % Tenants].CreateAsync(new JobDefinition
            {
                Key = $"integration-{i:D8}",
                Executor = "none",
                Schedule = schedule,
                Payload = JobPayload.FromUtf8(Payload),
            });
        }
    }

    private static async Task MeasureIdleAsync(InMemoryStore store, ResultTable table)
    {
        const int Looks = 200_000;
        var watch = Stopwatch.StartNew();
        await LookAsync(store, Looks);
        table.Add("claim with nothing due", $"{watch.Elapsed.TotalNanoseconds / Looks:N0} ns", "≤ 1,000 ns", "whatever the number of jobs");
    }

    private static async Task LookAsync(InMemoryStore store, int looks)
    {
        var owner = OwnerId.New(Instant.FromUnixTimeSeconds(0));
        var planner = new DuePlanner();
        IReadOnlyList<ExecutorCapacity> executors = [new ExecutorCapacity("idle", 256)];
        for (var i = 1; i <= looks; i++)
        {
            await store.Claims.ClaimAsync(
                new ClaimRequest { Owner = owner, Node = "load", Number = i, Executors = executors, Free = 256, Lease = Duration.FromSeconds(30), Planner = planner },
                CancellationToken.None);
        }
    }
}
