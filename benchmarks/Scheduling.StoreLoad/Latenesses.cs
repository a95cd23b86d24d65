using NodaTime;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Load;

/// <summary>How late work begins at 1,000 runs a second, spread and all on the second.</summary>
internal static class Latenesses
{
    private const int PerSecond = 1_000;
    private const int Tenants = 100;
    private const int WarmUpJobs = 10_000;

    public static async Task PostgreSqlAsync(StoreLoadOptions options, PostgresRig rig, ResultTable table)
    {
        foreach (var isSpread in new[] { true, false })
        {
            var warm = await rig.NewWarmUpAsync(WarmUpJobs, Tenants);
            var (store, settings) = await rig.NewAsync(places: 1_000);
            await using (store)
            {
                Add(table, "PostgreSQL", isSpread, await RunAsync(store, settings with { Warm = warm }, options.Seconds, isSpread), isSpread ? "p99 ≤ 15 ms" : "p99 ≤ 50 ms");
                await rig.DropAsync(settings);
            }
        }
    }

    public static async Task SqliteAsync(StoreLoadOptions options, ResultTable table)
    {
        foreach (var isSpread in new[] { true, false })
        {
            using var rig = new SqliteRig();
            var warm = await rig.NewWarmUpAsync(WarmUpJobs, Tenants);
            var (store, settings) = await rig.NewAsync(places: 1_000);
            await using (store)
                Add(table, "SQLite", isSpread, await RunAsync(store, settings with { Warm = warm }, options.Seconds, isSpread), target: "");
        }
    }

    private static void Add(ResultTable table, string store, bool isSpread, NodeReport report, string target) => table.Add(
        $"lateness, {store}, 1,000 runs/s, {(isSpread ? "spread" : "on the second")}",
        NodeReport.Lateness([report]),
        target,
        $"executor entered, after its start; {1_000 * report.CpuMilliseconds / Math.Max(1, report.Runs):N0} µs processor time a run; {NodeReport.MeanClaim([report])}");

    private static async Task<NodeReport> RunAsync(ISchedulingStore store, NodeSettings settings, int seconds, bool isSpread)
    {
        using var node = await NodeProcess.StartAsync(settings.ToWords());

        // Seeding goes through the library at a few thousand a second, so the first second must lie behind it.
        var jobs = PerSecond * seconds;
        var first = Instant.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 8 + (jobs / 1_000));
        await Seed.ThroughLibraryAsync(store, jobs, Tenants, n =>
        {
            var slot = Schedule.Once(first + Duration.FromSeconds(n / PerSecond));
            return isSpread ? slot.WithSpread(Duration.FromSeconds(1)) : slot;
        });
        if (Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) > first)
            throw new InvalidOperationException("Making the jobs took so long that the first of them are late already.");
        node.Go();
        var end = first + Duration.FromSeconds(seconds + 2);
        while (Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) < end)
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        return await node.StopAsync();
    }
}
