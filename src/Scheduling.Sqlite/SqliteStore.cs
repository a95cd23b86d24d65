using System.Diagnostics.CodeAnalysis;
using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>Keeps jobs, runs and history in one SQLite file: what was acknowledged survives the end of the process, and by default the loss of power.</summary>
/// <remarks>
/// <para>Thread-safe. One thread writes and commits in groups, some read beside it; no call waits on a thread of the pool. Several stores, in one process or in several on one host, may share a
/// file: each write has the file for itself for a moment, and each store hears of the others' work within its watch interval. The store's clock is the <see cref="TimeProvider"/>, so processes that
/// share a file must share a host. A file on a network share is not supported: SQLite's locks and shared memory do not work there.</para>
/// <para>A file that cannot be used is a <see cref="SqliteStoreException"/> of each call until it can; a file that was open and disappeared is never silently made anew.</para>
/// </remarks>
public sealed class SqliteStore : ISchedulingStore, IDisposable, IAsyncDisposable
{
    private readonly StoreAccess _access;

    /// <summary>Makes a store on a file; nothing is opened before the first call.</summary>
    /// <param name="connectionString"><c>Data Source=scheduling.db</c>; relative to the current directory. With <c>Mode=ReadWrite</c> a missing file is an error instead of a new file.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="ArgumentException">The connection string names no file, or something this store does not know.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public SqliteStore(string connectionString, SqliteStoreOptions? options = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var file = DatabaseFile.Of(connectionString, options ?? new SqliteStoreOptions());
        Path = file.Path;
        _access = new StoreAccess(file, time ?? TimeProvider.System);
        Jobs = new SqliteJobStore(_access);
        Executions = new SqliteExecutionStore(_access);
        Pauses = new SqlitePauseStore(_access);
        Secrets = new SqliteSecretStore(_access);
        Claims = new SqliteClaimStore(_access);
    }

    /// <summary>The schema as a SQL script, for those who want to read it or apply it themselves. The store applies it at its first call.</summary>
    public static string SchemaScript => Migrations.Script;

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public string Name => "sqlite";

    /// <inheritdoc/>
    [Experimental("SCHED0001")]
    public StoreCapabilities Capabilities { get; } = new() { IsDurable = true, IsShared = true, AnswersAtOnce = false, SendsWakes = true };

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

    /// <inheritdoc/>
    public ValueTask InitializeAsync(CancellationToken cancellationToken) => _access.OpenAsync(cancellationToken);

    /// <summary>Writes what waits, closes the file and ends the store's threads.</summary>
    public void Dispose() => _access.Dispose();

    /// <summary>Writes what waits, closes the file and ends the store's threads.</summary>
    /// <returns>When it is closed.</returns>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
