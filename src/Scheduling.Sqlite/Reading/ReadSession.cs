using NodaTime;
using Scheduling.Storage.Rows;

namespace Scheduling.Sqlite;

/// <summary>The tables as a reader sees them: one moment of the file, while its transaction is open.</summary>
internal sealed class ReadSession(Connection connection, TimeProvider time)
{
    public Connection Connection { get; } = connection;

    public JobTable Jobs { get; } = new(connection, new ExecutionIdSource());

    public RunTable Runs { get; } = new(connection);

    public ExecutionTable Executions { get; } = new(connection);

    public TenantTable Tenants { get; } = new(connection);

    public PauseTable Pauses { get; } = new(connection);

    public ProcessTable Processes { get; } = new(connection);

    /// <summary>Forgets what was true at the moment of the last operation.</summary>
    public void Forget()
    {
        Tenants.Forget();
        Pauses.Forget();
    }

    /// <summary>The store's now.</summary>
    public Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}
