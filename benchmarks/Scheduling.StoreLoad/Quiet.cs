using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Scheduling.Schedules;

namespace Scheduling.Load;

/// <summary>A cluster with little to do: how soon a run-now starts on another node, and how often an idle node asks.</summary>
internal static class Quiet
{
    public static async Task RunNowAsync(PostgresRig rig, ResultTable table)
    {
        const int runs = 200;
        var (store, settings) = await rig.NewAsync();
        await using (store)
        {
            var tenant = new JobScheduler(store).ForTenant("acme");
            for (var n = 0; n < runs; n++)
                await tenant.CreateAsync(new JobDefinition { Key = string.Create(CultureInfo.InvariantCulture, $"job-{n}"), Executor = "work", Schedule = Schedule.Manual });
            using var node = await NodeProcess.StartAsync(settings.ToWords());
            node.Go();
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
            for (var n = 0; n < runs; n++)
            {
                await tenant.RunNowAsync(string.Create(CultureInfo.InvariantCulture, $"job-{n}"));
                await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System);
            }
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            table.Add("run-now in one process, started in another, idle", NodeReport.Lateness([await node.StopAsync()]), "p99 ≤ 20 ms", $"{runs} requests, executor entered, after the request's now");
            await rig.DropAsync(settings);
        }
    }

    public static async Task IdleAsync(PostgresRig rig, ResultTable table)
    {
        var (store, settings) = await rig.NewAsync();
        await using (store)
        {
            await Seed.ByCopyAsync(rig.Source, store, settings.Schema, 1_000, 100, isDue: false);
            using var node = await NodeProcess.StartAsync(settings.ToWords());
            node.Go();
            await Task.Delay(TimeSpan.FromSeconds(20), TimeProvider.System);
            if (rig.CountsStatements)
                await Seed.ExecuteAsync(rig.Source, "create extension if not exists pg_stat_statements");
            var callsBefore = await CallsAsync(rig);
            var before = await CommitsAsync(rig);
            var began = Stopwatch.GetTimestamp();
            await Task.Delay(TimeSpan.FromSeconds(150), TimeProvider.System);
            var minutes = Stopwatch.GetElapsedTime(began).TotalMinutes;

            // The two questions themselves count as well.
            var transactions = Math.Max(0, await CommitsAsync(rig) - before - 1) / minutes;
            var calls = (await CallsAsync(rig) - callsBefore) / minutes;
            await node.StopAsync();
            if (rig.CountsStatements)
                table.Add("store calls of an idle node", $"{calls:N1} a minute", "≤ 2 a minute", $"in {minutes:N1} minutes; LISTEN on; 1,000 jobs due in years; sweeps included");
            table.Add("commits of the server beside an idle node", $"{transactions:N1} a minute", "", "with those of autovacuum and of the resets of pooled connections");
            await rig.DropAsync(settings);
        }
    }

    /// <summary>Every call of the store is one transaction, and its first statement is the same for all.</summary>
    private static async Task<long> CallsAsync(PostgresRig rig) => !rig.CountsStatements
        ? 0
        : await Seed.CountAsync(rig.Source, "select coalesce(sum(calls), 0) from pg_stat_statements where query like '-- The first statement of a transaction%'");

    private static async Task<long> CommitsAsync(PostgresRig rig)
    {
        // Statistics of other backends arrive up to a second late.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        return await Seed.CountAsync(rig.Source, "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()");
    }
}
