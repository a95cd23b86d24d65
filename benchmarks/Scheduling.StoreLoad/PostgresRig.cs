using System.Globalization;
using Npgsql;
using Scheduling.PostgreSql;
using Scheduling.TestKit.Postgres;

namespace Scheduling.Load;

/// <summary>A durable PostgreSQL server of the measurement's own, and a new schema for each question.</summary>
internal sealed class PostgresRig : IAsyncDisposable
{
    private int _schemas;

    public PostgresRig()
    {
        Cluster = PostgresCluster.Start(isDurable: true, "shared_buffers=1GB", "max_wal_size=4GB", "checkpoint_timeout=15min", "max_connections=200");
        Source = NpgsqlDataSource.Create(Cluster.ConnectionString);
    }

    public PostgresCluster Cluster { get; }

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

    public async Task DropAsync(NodeSettings settings) => await Seed.ExecuteAsync(Source, $"drop schema \"{settings.Schema}\" cascade");

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        Cluster.Dispose();
    }
}
