using System.Globalization;
using NodaTime;
using Npgsql;
using Scheduling.PostgreSql.Schema;
using Scheduling.PostgreSql.Wakes;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Connections;

/// <summary>The way to the database: every call is one short transaction with a deadline, made again once when it failed for a reason that passes. Thread-safe.</summary>
internal sealed class Database : IDisposable
{
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Lock _keptGate = new();
    private NpgsqlConnection? _kept;

    public Database(NpgsqlDataSource source, PostgreSqlStoreOptions options)
    {
        (Source, Options) = (source, options);
        Texts = new SqlTexts(options.Schema);
        Wakes = new StoreWakes(source, options, _time);
        Schema = new SchemaGate(this);
    }

    public NpgsqlDataSource Source { get; }

    public PostgreSqlStoreOptions Options { get; }

    public SqlTexts Texts { get; }

    public ExecutionIdSource Ids { get; } = new();

    public StoreWakes Wakes { get; }

    /// <summary>What every call passes first.</summary>
    public SchemaGate Schema { get; }

    /// <summary>Tests move time; in production the server's clock decides.</summary>
    public Func<Instant>? TestNow { get; init; }

    /// <summary>Runs a transaction. The work may be called more than once, so it must keep nothing of a call that failed.</summary>
    public ValueTask<T> RunAsync<T>(Func<StoreTransaction, CancellationToken, Task<T>> work, CancellationToken ct) => LimitedAsync(work, needsSchema: true, Options.CommandTimeout, ct);

    /// <summary>Runs a transaction that must not wait for long; shorter than other calls.</summary>
    public ValueTask<T> RunAsync<T>(Func<StoreTransaction, CancellationToken, Task<T>> work, TimeSpan limit, CancellationToken ct) => LimitedAsync(work, needsSchema: true, limit, ct);

    /// <summary>Runs a transaction that does not need the store's tables.</summary>
    public ValueTask<T> RunBareAsync<T>(Func<StoreTransaction, CancellationToken, Task<T>> work, CancellationToken ct) => LimitedAsync(work, needsSchema: false, Options.CommandTimeout, ct);

    public async ValueTask RunAsync(Func<StoreTransaction, CancellationToken, Task> work, CancellationToken ct) => await RunAsync(
        async (transaction, token) =>
        {
            await work(transaction, token).ConfigureAwait(false);
            return true;
        },
        ct).ConfigureAwait(false);

    /// <summary>
    /// Runs a transaction on the calling thread, on a connection that is kept for this alone: neither a busy thread pool nor an exhausted connection pool stops it. One at a time.
    /// The work must use nothing but the transaction, whose calls then all end before they return.
    /// </summary>
    public T RunHere<T>(Func<StoreTransaction, CancellationToken, Task<T>> work, TimeSpan? limit = null)
    {
        Schema.PassHere();
        return RunBareHere(work, limit);
    }

    /// <summary>The same for a transaction that does not need the store's tables.</summary>
    public T RunBareHere<T>(Func<StoreTransaction, CancellationToken, Task<T>> work, TimeSpan? limit = null)
    {
        lock (_keptGate)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    var result = OnceHere(work, limit ?? Options.CommandTimeout);
                    return result.IsCompleted ? result.GetAwaiter().GetResult() : throw new InvalidOperationException("A synchronous transaction waited for something else.");
                }
                catch (MovedException) when (attempt <= MovedException.MostAttempts)
                {
                    // What the transaction guessed before it had its locks was wrong; it knows better now.
                }
                catch (NpgsqlException failure) when (attempt == 1 && Failures.Passes(failure))
                {
                    // Once more at once: this thread has nothing it could wait with.
                }
            }
        }
    }

    /// <summary>Closes what is kept open.</summary>
    public void Dispose()
    {
        Wakes.Dispose();
        lock (_keptGate)
            DropKept();
    }

    private async ValueTask<T> LimitedAsync<T>(Func<StoreTransaction, CancellationToken, Task<T>> work, bool needsSchema, TimeSpan statements, CancellationToken ct)
    {
        // Room for the second attempt, where the first one may not use it all.
        var whole = statements < Options.CommandTimeout / 2 ? statements * 2 : Options.CommandTimeout;
        using var limit = new CancellationTokenSource(whole, _time);
        using var joined = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            if (needsSchema)
                await Schema.PassAsync(joined.Token).ConfigureAwait(false);
            return await RepeatAsync(work, statements, joined.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL did not answer within {whole.TotalSeconds:0.###} s. Whether the call took effect is unknown; it is safe to repeat."), late);
        }
    }

    private async Task<T> RepeatAsync<T>(Func<StoreTransaction, CancellationToken, Task<T>> work, TimeSpan limit, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OnceAsync(work, limit, ct).ConfigureAwait(false);
            }
            catch (MovedException) when (attempt <= MovedException.MostAttempts)
            {
                // What the transaction guessed before it had its locks was wrong; it knows better now.
            }
            catch (NpgsqlException failure) when (attempt == 1 && Failures.Passes(failure))
            {
                await Task.Delay(Failures.Jitter(), _time, ct).ConfigureAwait(false);
            }
        }
    }

    private async Task<T> OnceAsync<T>(Func<StoreTransaction, CancellationToken, Task<T>> work, TimeSpan limit, CancellationToken ct)
    {
        StoreTransaction transaction;
        T result;

        // Npgsql rolls back what is open when a connection goes back to its pool.
        var connection = await Source.OpenConnectionAsync(ct).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            transaction = new StoreTransaction(this, connection, limit, isSynchronous: false);
            result = await work(transaction, ct).ConfigureAwait(false);
        }
        Wakes.Raise(transaction.Wakes.Here, transaction.Wakes.Elsewhere);
        return result;
    }

    private Task<T> OnceHere<T>(Func<StoreTransaction, CancellationToken, Task<T>> work, TimeSpan limit)
    {
        try
        {
            _kept ??= Source.OpenConnection();
            var transaction = new StoreTransaction(this, _kept, limit, isSynchronous: true);
            var task = work(transaction, CancellationToken.None);
            if (!task.IsCompletedSuccessfully || transaction.IsOpen)
                DropKept();
            if (task.IsCompletedSuccessfully)
                Wakes.Raise(transaction.Wakes.Here, transaction.Wakes.Elsewhere);
            return task;
        }
        catch
        {
            DropKept();
            throw;
        }
    }

    private void DropKept()
    {
        _kept?.Dispose();
        _kept = null;
    }
}
