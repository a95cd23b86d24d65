using System.Globalization;
using Scheduling.TestKit.Postgres;

namespace Scheduling.Faults.Tests;

/// <summary>A PostgreSQL server for the tests of a class; each test has a schema of its own on it.</summary>
public sealed class PostgreSqlServer : IDisposable
{
    private int _schemas;

    public PostgreSqlServer()
        : this(PostgresCluster.Start())
    {
    }

    internal PostgreSqlServer(PostgresCluster cluster) => Cluster = cluster;

    public PostgresCluster Cluster { get; }

    /// <summary>The schema of the world that was made last.</summary>
    public string LastSchema => string.Create(CultureInfo.InvariantCulture, $"faults {_schemas}");

    public void Dispose() => Cluster.Dispose();

    /// <summary>An empty schema, ready for use.</summary>
    /// <param name="connection">How the test and its workers connect; null for directly.</param>
    /// <param name="worker">How workers connect; null for as the test does.</param>
    internal Task<World> CreateWorldAsync(string? connection = null, string? worker = null) => CreateEmptyWorld(connection, worker).InitializeAsync();

    /// <summary>A world whose schema nobody has made yet.</summary>
    internal World CreateEmptyWorld(string? connection = null, string? worker = null)
    {
        Interlocked.Increment(ref _schemas);
        return new World(
            new WorkerSettings
            {
                Node = "control",
                Store = "postgresql",
                Connection = (connection ?? Cluster.ConnectionString) + ";Maximum Pool Size=12",
                Schema = LastSchema,
                Log = Directory.CreateTempSubdirectory("scheduling-faults-").FullName,
            },
            workerConnection: worker);
    }
}
