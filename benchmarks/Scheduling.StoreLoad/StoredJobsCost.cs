using System.Globalization;

namespace Scheduling.Load;

/// <summary>What a run costs the server beside so many jobs that are not due, and beside a long foreign snapshot.</summary>
internal static class StoredJobsCost
{
    private const int Due = 20_000;

    public static async Task MeasureAsync(StoreLoadOptions options, PostgresRig rig, ResultTable table)
    {
        double? first = null;
        foreach (var stored in options.Stored)
        {
            var (store, settings) = await rig.NewAsync(places: 1_000);
            await using (store)
            {
                await Seed.ByCopyAsync(rig.Source, store, settings.Schema, stored, tenants: 1_000, isDue: false, prefix: "later");

                // The first drain warms the caches.
                await DrainAsync(rig, store, settings, "warm");
                var (rate, server) = await DrainAsync(rig, store, settings, "tenant");
                first ??= server;
                table.Add(
                    string.Create(CultureInfo.InvariantCulture, $"server processor time of a run beside {stored:N0} jobs"),
                    $"{server:N0} µs",
                    "≤ 1.5 × that at 10,000",
                    string.Create(CultureInfo.InvariantCulture, $"{server / first.Value:N2} ×; {rate:N0} runs/s"));
                await rig.DropAsync(settings);
            }
        }
    }

    /// <summary>Somebody holds a snapshot for long, so that nothing dead can be removed.</summary>
    public static async Task LongSnapshotAsync(StoreLoadOptions options, PostgresRig rig, ResultTable table)
    {
        var (store, settings) = await rig.NewAsync(places: 1_000);
        await using (store)
        {
            await DrainAsync(rig, store, settings, "warm");
            await using var connection = await rig.Source.OpenConnectionAsync();
            await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
            await using (var command = connection.CreateCommand())
            {
                command.CommandText = "select count(*) from pg_class";
                await command.ExecuteScalarAsync();
            }
            var rates = new List<string>();
            for (var round = 1; round <= 4; round++)
                rates.Add($"{(await DrainAsync(rig, store, settings, string.Create(CultureInfo.InvariantCulture, $"round{round}"))).Rate:N0}");
            table.Add("runs under a foreign snapshot, 20,000 after 20,000", $"{string.Join(", ", rates)}/s", "", "nothing dead is removed meanwhile");
        }
        await rig.DropAsync(settings);
    }

    private static async Task<(double Rate, double ServerMicroseconds)> DrainAsync(PostgresRig rig, Storage.ISchedulingStore store, NodeSettings settings, string prefix)
    {
        await Seed.ByCopyAsync(rig.Source, store, settings.Schema, Due, tenants: 1_000, prefix: prefix);
        var cpu = ServerCpu.Of(rig.Cluster.Port);
        var outcome = await BurstRun.RunAsync(rig.EmptinessOf(settings), settings, nodes: 1, Due);
        return (outcome.RunsPerSecond, 1_000 * (ServerCpu.Of(rig.Cluster.Port) - cpu) / Due);
    }
}
