using System.Globalization;
using Npgsql;
using Scheduling.TestKit.Postgres;

namespace Scheduling.TestKit.Services;

/// <summary>The PostgreSQL server of a test assembly, as its fixture; started by the first test that asks for it. Nothing in it must survive, so it does not wait for disks.</summary>
public sealed class ServiceCluster : IDisposable
{
    private static readonly Lazy<PostgresCluster> Started = new(static () => PostgresCluster.Start(isDurable: false, "synchronous_commit=off"));
    private static readonly Lazy<NpgsqlDataSource> Connections = new(static () => NpgsqlDataSource.Create(Started.Value.ConnectionString + ";Maximum Pool Size=90"));
    private static int _schemas;

    public static NpgsqlDataSource Source => Connections.Value;

    /// <summary>The name of a schema that nobody else uses.</summary>
    public static string NewSchema() => string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _schemas)}");

    public void Dispose()
    {
        if (Connections.IsValueCreated)
            Connections.Value.Dispose();
        if (Started.IsValueCreated)
            Started.Value.Dispose();
    }
}
