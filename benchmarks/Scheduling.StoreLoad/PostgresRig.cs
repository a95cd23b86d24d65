using System.Globalization;
using Npgsql;
using Scheduling.PostgreSql;
using Scheduling.TestKit.Postgres;

namespace Scheduling.Load;

/// <summary>A durable PostgreSQL server of the measurement's own, and a new schema for each question.</summary>
internal sealed class PostgresRig : IAsyncDisposable
{
    private int _schemas;

    /// <param name="countsStatements">Whether the server keeps the time of each statement (the extension pg_stat_statements), which costs it a few per cent.</param>
    public PostgresRig(bool countsStatements = false)
    {
        CountsStatements = countsStatements;
        string[] settings = ["shared_buffers=1GB", "max_wal_size=4GB", "checkpoint_timeout=15min", "max_connections=200"];
        Cluster = PostgresCluster.Start(isDurable: true, countsStatements ? [.. settings, "shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track_planning=on", "track_io_timing=off"] : settings);
        Source = NpgsqlDataSource.Create(Cluster.ConnectionString);
    }

    public PostgresCluster Cluster { get; }

    public bool CountsStatements { get; }

    public NpgsqlDataSource Source { get; }

    /// <summary>A store on an empty schema.</summary>
    public async Task<(PostgreSqlStore Store, NodeSettings Settings)> NewAsync(int places = 256)
    {
        var schema = string.Create(CultureInfo.InvariantCulture, $"load{++_schemas}");
        var settings = new NodeSettings { Store = "postgresql", Connection = Cluster.ConnectionString, Schema = schema, Places = places };
        var store = (PostgreSqlStore)settings.Open();
        await store.InitializeAsync(default);
        return (store, settings);
    }

    /// <summary>A schema full of due jobs for nodes to warm up with.</summary>
    public async Task<string> NewWarmUpAsync(int jobs, int tenants)
    {
        var (store, settings) = await NewAsync();
        await using (store)
            await Seed.ByCopyAsync(Source, store, settings.Schema, jobs, tenants);
        return settings.Schema;
    }

    /// <summary>Whether nothing is due or open: cheaper than the store's own inspection, which would take its part of the server.</summary>
    public Func<Task<bool>> EmptinessOf(NodeSettings settings) => async () => await Seed.CountAsync(Source, FormattableString.Invariant(
        $"select (exists (select from \"{settings.Schema}\".turns where turn_at <= now()) or exists (select from \"{settings.Schema}\".runs))::integer")) == 0;

    public async Task DropAsync(NodeSettings settings) => await Seed.ExecuteAsync(Source, $"drop schema \"{settings.Schema}\" cascade");

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        Cluster.Dispose();
    }
}
