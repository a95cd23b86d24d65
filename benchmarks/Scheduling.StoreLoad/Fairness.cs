using System.Globalization;
using Scheduling.Policies;

namespace Scheduling.Load;

/// <summary>What one greedy tenant does to a thousand others, and whether limits hold on several nodes.</summary>
internal static class Fairness
{
    private const int Others = 1_000;

    /// <summary>A tenant with many overdue jobs is there first; a thousand tenants with one job each come while it is served.</summary>
    public static async Task GreedyTenantAsync(StoreLoadOptions options, PostgresRig rig, ResultTable table)
    {
        var (store, settings) = await rig.NewAsync();
        await using (store)
        {
            await Seed.ByCopyAsync(rig.Source, store, settings.Schema, options.Overdue, tenants: 1, prefix: "greedy");
            var nodes = await NodeProcess.StartAsync(1, settings);
            nodes[0].Go();
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);

            // From when they are there, which is before the one who writes them is done.
            var writing = Seed.ByCopyAsync(rig.Source, store, settings.Schema, Others, Others, prefix: "modest");
            var written = $"select count(*) from \"{settings.Schema}\".due where tenant like 'modest-%'";
            while (await Seed.CountAsync(rig.Source, written) < Others)
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            var began = TimeProvider.System.GetTimestamp();
            while (await Seed.CountAsync(rig.Source, $"{written} and due_at is not null") > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            var all = TimeProvider.System.GetElapsedTime(began);
            await writing;
            var left = await Seed.CountAsync(rig.Source, $"select count(*) from \"{settings.Schema}\".due where tenant like 'greedy-%' and due_at is not null");
            await nodes[0].StopAsync();
            nodes[0].Dispose();
            table.Add(
                string.Create(CultureInfo.InvariantCulture, $"1,000 tenants with one job beside one with {options.Overdue:N0} overdue"),
                $"all served after {all.TotalMilliseconds:N0} ms",
                "first served ≤ 2 s",
                $"{left:N0} of the greedy tenant's were left then");
            await rig.DropAsync(settings);
        }
    }

    /// <summary>A limit of 5 for each tenant, four nodes: sampled from the outside, it must never be exceeded.</summary>
    public static async Task LimitAsync(StoreLoadOptions options, PostgresRig rig, ResultTable table)
    {
        const int tenants = 20;
        const int limit = 5;
        var jobs = Math.Min(options.Jobs, 20_000);
        var (store, settings) = await rig.NewAsync(places: 64);
        await using (store)
        {
            await Seed.ByCopyAsync(rig.Source, store, settings.Schema, jobs, tenants);
            for (var n = 0; n < tenants; n++)
                await store.Jobs.SetLimitsAsync(new TenantId(Seed.Tenant(n)), new TenantLimits { MaximumRunning = limit }, default);
            using var stop = new CancellationTokenSource();
            var sampling = SampleAsync(rig, settings, stop.Token);
            var outcome = await BurstRun.RunAsync(rig.EmptinessOf(settings), settings with { WorkMilliseconds = 2 }, nodes: 4, jobs);
            await stop.CancelAsync();
            var (most, samples) = await sampling;
            table.Add($"a limit of {limit} for each of {tenants} tenants, 4 nodes", $"at most {most} ran", $"never more than {limit}", $"{samples:N0} samples, {outcome.RunsPerSecond:N0} runs/s of 2 ms");
            await rig.DropAsync(settings);
        }
    }

    private static async Task<(long Most, int Samples)> SampleAsync(PostgresRig rig, NodeSettings settings, CancellationToken ct)
    {
        var (most, samples) = (0L, 0);
        while (!ct.IsCancellationRequested)
        {
            most = Math.Max(most, await Seed.CountAsync(rig.Source, $"select coalesce(max(n), 0) from (select count(*) n from \"{settings.Schema}\".runs where status = 2 group by tenant) x"));
            samples++;
        }
        return (most, samples);
    }
}
