using NodaTime;
using Scheduling.Schedules;
using Scheduling.Storage;

namespace Scheduling.Load;

/// <summary>How late work begins at 1,000 runs a second, spread and all on the second.</summary>
internal static class Latenesses
{
    private const int PerSecond = 1_000;

    public static async Task PostgreSqlAsync(StoreLoadOptions options, PostgresRig rig, ResultTable table)
    {
        foreach (var isSpread in new[] { true, false })
        {
            var (store, settings) = await rig.NewAsync(places: 1_000);
            await using (store)
            {
                table.Add(
                    $"lateness, PostgreSQL, 1,000 runs/s, {(isSpread ? "spread" : "on the second")}",
                    await RunAsync(store, settings, options.Seconds, isSpread),
                    isSpread ? "p99 ≤ 15 ms" : "p99 ≤ 50 ms",
                    "executor entered, after its start");
                await rig.DropAsync(settings);
            }
        }
    }

    public static async Task SqliteAsync(StoreLoadOptions options, ResultTable table)
    {
        foreach (var isSpread in new[] { true, false })
        {
            var folder = Directory.CreateTempSubdirectory("scheduling-load-");
            var settings = new NodeSettings { Store = "sqlite", Connection = $"Data Source={Path.Combine(folder.FullName, "load.db")}", Places = 1_000 };
            var store = settings.Open();
            await store.InitializeAsync(default);
            var lateness = await RunAsync(store, settings, options.Seconds, isSpread);
            await ((IAsyncDisposable)store).DisposeAsync();
            folder.Delete(recursive: true);
            table.Add($"lateness, SQLite, 1,000 runs/s, {(isSpread ? "spread" : "on the second")}", lateness, "", "executor entered, after its start");
        }
    }

    private static async Task<string> RunAsync(ISchedulingStore store, NodeSettings settings, int seconds, bool isSpread)
    {
        // Seeding goes through the library at a few thousand a second, so the first second must lie behind it.
        var jobs = PerSecond * seconds;
        var first = Instant.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 8 + (jobs / 1_000));
        await Seed.ThroughLibraryAsync(store, jobs, tenants: 100, n =>
        {
            var slot = Schedule.Once(first + Duration.FromSeconds(n / PerSecond));
            return isSpread ? slot.WithSpread(Duration.FromSeconds(1)) : slot;
        });
        using var node = await NodeProcess.StartAsync(settings.ToWords());
        node.Go();
        var end = first + Duration.FromSeconds(seconds + 2);
        while (Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow()) < end)
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        return NodeReport.Lateness([await node.StopAsync()]);
    }
}
