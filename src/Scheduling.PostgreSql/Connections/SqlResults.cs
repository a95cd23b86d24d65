using Npgsql;

namespace Scheduling.PostgreSql.Connections;

/// <summary>The answers to a batch. In a synchronous transaction every call of it ends before it returns, on the calling thread.</summary>
internal sealed class SqlResults(NpgsqlDataReader reader, bool isSynchronous) : IAsyncDisposable
{
    /// <summary>The row that was read last.</summary>
    public ColumnReader Row => new(reader);

    /// <summary>Goes to the next row of the statement.</summary>
    /// <returns>Whether there is one.</returns>
    public ValueTask<bool> ReadAsync(CancellationToken ct) => isSynchronous ? ValueTask.FromResult(reader.Read()) : new(reader.ReadAsync(ct));

    /// <summary>Goes to the next statement that gives rows. An error of a statement is thrown when it is passed.</summary>
    /// <returns>Whether there is one.</returns>
    public ValueTask<bool> NextAsync(CancellationToken ct) => isSynchronous ? ValueTask.FromResult(reader.NextResult()) : new(reader.NextResultAsync(ct));

    /// <summary>Passes all that is left, so that errors of later statements are thrown.</summary>
    public async ValueTask FinishAsync(CancellationToken ct)
    {
        while (await NextAsync(ct).ConfigureAwait(false))
        {
        }
    }

    public ValueTask DisposeAsync()
    {
        if (!isSynchronous)
            return reader.DisposeAsync();
        reader.Dispose();
        return ValueTask.CompletedTask;
    }
}
