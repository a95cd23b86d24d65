using System.Globalization;
using Npgsql;
using Scheduling.TestKit.Postgres;

[assembly: AssemblyFixture(typeof(Scheduling.PostgreSql.Tests.Cluster))]

namespace Scheduling.PostgreSql.Tests;

/// <summary>The server of all tests of this process; started by the first that asks for it. Nothing in it must survive, so it does not wait for disks.</summary>
public sealed class Cluster : IDisposable
{
    private static readonly Lazy<PostgresCluster> Started = new(static () => PostgresCluster.Start(isDurable: false, "synchronous_commit=off", "deadlock_timeout=100ms", "max_connections=200"));
    private static readonly Lazy<NpgsqlDataSource> Connections = new(static () => NpgsqlDataSource.Create(Started.Value.ConnectionString + ";Maximum Pool Size=150"));
    private static int _schemas;

    public static PostgresCluster Server => Started.Value;

    /// <summary>Connections of a superuser.</summary>
    public static NpgsqlDataSource Source => Connections.Value;

    /// <summary>The name of a schema that nobody else uses.</summary>
    public static string NewSchema() => string.Create(CultureInfo.InvariantCulture, $"test {Interlocked.Increment(ref _schemas)}");

    public void Dispose()
    {
        if (Connections.IsValueCreated)
            Connections.Value.Dispose();
        if (Started.IsValueCreated)
            Started.Value.Dispose();
    }
}
