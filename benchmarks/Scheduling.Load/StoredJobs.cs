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

    public static async Task MeasureAsync(LoadOptions options, ResultTable table)
    {
        var store = new InMemoryStore();
        var scheduler = new JobScheduler(store);
        var tenants = Enumerable.Range(0, Tenants).Select(i => scheduler.ForTenant($"tenant-{i:D4}")).ToArray();
        var payload = "{\"account\":\"0123456789abcdef\",\"region\":\"eu-west\"}"u8.ToArray();
        var schedule = Schedule.Polling(PollingInterval.OneDay, hour: 0);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < options.Stored; i++)
        {
            await tenants[i % Tenants].CreateAsync(new JobDefinition
            {
                Key = $"integration-{i:D8}",
                Executor = "none",
                Schedule = schedule,
                Payload = JobPayload.FromUtf8(payload),
            });
        }
        table.Add("jobs added", $"{options.Stored / watch.Elapsed.TotalSeconds:N0}/s", "≥ 300,000/s", $"{options.Stored:N0} jobs of {Tenants:N0} tenants");
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        table.Add("memory of a stored job", $"{bytes / options.Stored:N0} bytes", "≤ 700 bytes", $"20-character key, {payload.Length}-byte payload");
        await MeasureIdleAsync(store, table);
        GC.KeepAlive(scheduler);
    }

    private static async Task MeasureIdleAsync(InMemoryStore store, ResultTable table)
    {
        const int Looks = 200_000;
        var owner = OwnerId.New(Instant.FromUnixTimeSeconds(0));
        var planner = new DuePlanner();
        IReadOnlyList<ExecutorCapacity> executors = [new ExecutorCapacity("idle", 256)];
        var watch = Stopwatch.StartNew();
        for (var i = 1; i <= Looks; i++)
        {
            await store.Claims.ClaimAsync(
                new ClaimRequest { Owner = owner, Node = "load", Number = i, Executors = executors, Free = 256, Lease = Duration.FromSeconds(30), Planner = planner },
                CancellationToken.None);
        }
        table.Add("claim with nothing due", $"{watch.Elapsed.TotalNanoseconds / Looks:N0} ns", "≤ 1,000 ns", "whatever the number of jobs");
    }
}
