using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Npgsql;
using Scheduling.PostgreSql.Claims;
using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Executions;
using Scheduling.PostgreSql.Jobs;
using Scheduling.PostgreSql.Pauses;
using Scheduling.PostgreSql.Secrets;
using Scheduling.Storage;

namespace Scheduling.PostgreSql;

/// <summary>Jobs and executions in a PostgreSQL database: durable, and shared by any number of nodes.</summary>
/// <remarks>
/// Thread-safe. The server's clock decides. Needs PostgreSQL 13 or later and no session state, so that PgBouncer in transaction mode works. Instants are kept to the microsecond.
/// </remarks>
public sealed class PostgreSqlStore : ISchedulingStore, IAsyncDisposable, IDisposable
{
    private readonly Database _database;
    private readonly bool _ownsSource;

    /// <summary>Makes a store on connections of its own.</summary>
    /// <param name="connectionString">An Npgsql connection string; several hosts are allowed.</param>
    /// <param name="options">How the store works; null for the defaults.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read, or an option is out of its range; the text names the setting, and repeats no value of the connection string.</exception>
    public PostgreSqlStore(string connectionString, PostgreSqlStoreOptions? options = null)
        : this(ConnectionText.Open(connectionString), options, testNow: null, ownsSource: true)
    {
    }

    /// <summary>Makes a store on connections of a data source, which is not disposed with the store.</summary>
    /// <param name="source">Where connections come from.</param>
    /// <param name="options">How the store works; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the text names it.</exception>
    public PostgreSqlStore(NpgsqlDataSource source, PostgreSqlStoreOptions? options = null)
        : this(source, options, testNow: null, ownsSource: false)
    {
    }

    internal PostgreSqlStore(NpgsqlDataSource source, PostgreSqlStoreOptions? options, Func<Instant>? testNow, bool ownsSource)
    {
        ArgumentNullException.ThrowIfNull(source);
        options = (options ?? new PostgreSqlStoreOptions()) with { };
        OptionRules.Require(options);
        _ownsSource = ownsSource;
        _database = new Database(source, options) { TestNow = testNow };
        Jobs = new PgJobStore(_database);
        Executions = new PgExecutionStore(_database);
        Claims = new PgClaimStore(_database);
        Pauses = new PgPauseStore(_database);
        Secrets = new PgSecretStore(_database);
        Capabilities = new StoreCapabilities { IsDurable = true, IsShared = true, AnswersAtOnce = false, SendsWakes = options.UseNotifications, OverlapsClaims = true };
    }

    /// <inheritdoc/>
    public string Name => "postgresql";

    /// <inheritdoc/>
    [Experimental("SCHED0001")]
    public StoreCapabilities Capabilities { get; }

    /// <inheritdoc/>
    [Experimental("SCHED0001")]
    public IJobStore Jobs { get; }

    /// <inheritdoc/>
    [Experimental("SCHED0001")]
    public IExecutionStore Executions { get; }

    /// <inheritdoc/>
    [Experimental("SCHED0001")]
    public IPauseStore Pauses { get; }

    /// <inheritdoc/>
    [Experimental("SCHED0001")]
    public ISecretStore Secrets { get; }

    /// <inheritdoc/>
    [Experimental("SCHED0001")]
    public IClaimStore Claims { get; }

    internal Task Listening => _database.Wakes.Listening;

    /// <summary>Makes the schema what this version of the library needs, or refuses with the reason. Idempotent; any number of nodes may do it at once. The first call of anything else does it, too.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is ready.</returns>
    /// <exception cref="PostgreSqlSchemaException">The schema is newer than this version, is missing or old and may not be changed, or a right is missing.</exception>
    public ValueTask InitializeAsync(CancellationToken cancellationToken) => _database.Schema.OpenAsync(cancellationToken);

    /// <summary>Closes the connections that the store made itself.</summary>
    public void Dispose()
    {
        _database.Dispose();
        if (_ownsSource)
            _database.Source.Dispose();
    }

    /// <summary>Closes the connections that the store made itself.</summary>
    /// <returns>When they are closed.</returns>
    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return _ownsSource ? _database.Source.DisposeAsync() : ValueTask.CompletedTask;
    }
}
