using Scheduling.Sqlite;
using Scheduling.Storage;

namespace Scheduling.Load;

/// <summary>Runs per second of due jobs: SQLite, PostgreSQL with 1, 2 and 4 nodes, with and without limits.</summary>
internal static class Bursts
{
    private const int Tenants = 1_000;
    private const int WarmUpJobs = 30_000;

    public static async Task SqliteAsync(StoreLoadOptions options, ResultTable table)
    {
        using var rig = new SqliteRig();
        var warm = await rig.NewWarmUpAsync(3 * WarmUpJobs, Tenants);
        var (store, settings) = await rig.NewAsync(places: 1_000);
        await using (store)
        {
            await Seed.ThroughLibraryAsync(store, options.Jobs, Tenants);
            var outcome = await BurstRun.RunAsync(BurstRun.EmptinessOf(store), settings with { Warm = warm }, nodes: 1, options.Jobs);
            table.Add("runs, SQLite, FULL, history kept", $"{outcome.RunsPerSecond:N0}/s", "≥ 30,000/s", $"1,000 places; {outcome.NodeMicroseconds:N0} µs processor time a run; {NodeReport.MeanClaim(outcome.Reports)}");
        }
    }

    /// <summary>The store alone, and beside it the least SQL that does the same: what is left for the engine and for the store to lose.</summary>
    public static async Task SqliteLoopAsync(StoreLoadOptions options, ResultTable table)
    {
        await OnFileAsync(3 * WarmUpJobs, static store => ClaimLoop.RunAsync(store, 3 * WarmUpJobs, batch: 100));
        foreach (var batch in new[] { 100, 500, 1_000 })
        {
            var loop = await OnFileAsync(options.Jobs, store => ClaimLoop.RunAsync(store, options.Jobs, batch));
            var bare = await OnFileAsync(options.Jobs, store => Task.FromResult(SqliteBare.Run(store.Path, options.Jobs, batch)));
            table.Add($"runs, SQLite, claims and settlements in a loop, no engine, batch {batch:N0}", $"{loop.RunsPerSecond:N0}/s", "", $"one at a time; {loop.CpuMicroseconds:N0} µs processor time a run");
            table.Add($"runs, SQLite, bare SQL on the same tables, batch {batch:N0}", $"{bare:N0}/s", "", $"whole batches at once, no turns, no decisions; the store: {loop.RunsPerSecond / bare:P0}");
        }
    }

    private static async Task<T> OnFileAsync<T>(int jobs, Func<SqliteStore, Task<T>> measure)
    {
        using var rig = new SqliteRig();
        var (store, _) = await rig.NewAsync();
        await using (store)
        {
            await Seed.ThroughLibraryAsync(store, jobs, Tenants);
            return await measure(store);
        }
    }

    /// <returns>The best rate of one node.</returns>
    public static async Task<double> PostgreSqlAsync(StoreLoadOptions options, PostgresRig rig, ResultTable table)
    {
        var best = 0.0;
        foreach (var (nodes, places) in new[] { (1, 1_000), (1, 256), (2, 500), (4, 250) })
        {
            var (rate, note) = await RunAsync(options, rig, nodes, places, limit: null);
            best = nodes == 1 ? Math.Max(best, rate) : best;
            table.Add($"runs, PostgreSQL, {nodes} node{(nodes == 1 ? "" : "s")} of {places} places", $"{rate:N0}/s", nodes == 1 ? "≥ 20,000/s" : "≥ 80% of the best", note);
        }
        var (limited, limitedNote) = await RunAsync(options, rig, nodes: 1, places: 1_000, limit: 50);
        table.Add("runs, PostgreSQL, 1 node, exact limits of all tenants", $"{limited:N0}/s", "≥ 15,000/s", limitedNote);
        return best;
    }

    /// <summary>One node again and again: the figures to compare before and after a change.</summary>
    public static async Task PostgreSqlOneAsync(StoreLoadOptions options, PostgresRig rig, ResultTable table)
    {
        for (var round = 1; round <= 3; round++)
        {
            var (rate, note) = await RunAsync(options, rig, nodes: 1, places: 1_000, limit: null);
            table.Add($"runs, PostgreSQL, 1 node of 1,000 places, round {round}", $"{rate:N0}/s", "", note);
        }
    }

    /// <summary>One node, with something to do just before the burst and just after it.</summary>
    public static Task<(double Rate, string Note)> RunAsync(StoreLoadOptions options, PostgresRig rig, Func<NodeSettings, Task> before, Func<Task> after) =>
        RunAsync(options, rig, nodes: 1, places: 1_000, limit: null, before, after);

    private static async Task<(double Rate, string Note)> RunAsync(
        StoreLoadOptions options, PostgresRig rig, int nodes, int places, int? limit, Func<NodeSettings, Task>? before = null, Func<Task>? after = null)
    {
        var (store, settings) = await rig.NewAsync(places);
        await using (store)
        {
            await Seed.ByCopyAsync(rig.Source, store, settings.Schema, options.Jobs, Tenants);
            for (var n = 0; limit is not null && n < Tenants; n++)
                await store.Jobs.SetLimitsAsync(new TenantId(Seed.Tenant(n)), new Policies.TenantLimits { MaximumRunning = limit }, default);
            settings = settings with { Warm = await rig.NewWarmUpAsync(WarmUpJobs * nodes, Tenants) };
            var cpu = ServerCpu.Of(rig.Cluster.Port);
            var outcome = await BurstRun.RunAsync(rig.EmptinessOf(settings), settings, nodes, options.Jobs, async () =>
            {
                if (before is not null)
                    await before(settings);
                cpu = ServerCpu.Of(rig.Cluster.Port);
            });
            var server = 1_000 * (ServerCpu.Of(rig.Cluster.Port) - cpu) / options.Jobs;
            if (after is not null)
                await after();
            await rig.DropAsync(settings);
            return (outcome.RunsPerSecond, $"processor time a run: nodes {outcome.NodeMicroseconds:N0} µs, server {server:N0} µs; {NodeReport.MeanClaim(outcome.Reports)}");
        }
    }
}
