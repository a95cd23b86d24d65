using Npgsql;

namespace Scheduling.PostgreSql.Connections;

/// <summary>Statements of one transaction that go to the server together and come back together.</summary>
internal sealed class SqlBatch
{
    private readonly StoreTransaction _transaction;
    private readonly NpgsqlBatch _batch;
    private readonly SqlTexts _texts;

    public SqlBatch(StoreTransaction transaction, NpgsqlBatch batch, SqlTexts texts) => (_transaction, _batch, _texts) = (transaction, batch, texts);

    public bool IsEmpty => _batch.BatchCommands.Count == 0;

    /// <summary>Adds the statement of a file.</summary>
    public SqlBatch Add(string name, params ReadOnlySpan<NpgsqlParameter> parameters) => AddText(_texts[name], parameters);

    /// <summary>Adds a form of the statement of a file.</summary>
    public SqlBatch Add(SqlVariant variant, params ReadOnlySpan<NpgsqlParameter> parameters) => AddText(_texts[variant], parameters);

    /// <summary>Ends the transaction with this batch.</summary>
    public SqlBatch Commit()
    {
        _transaction.Committed();
        return AddText("commit");
    }

    /// <summary>Sends the statements; the reader stands before the first row of the first statement that was added and gives rows.</summary>
    public async Task<SqlResults> ReadAsync(CancellationToken ct)
    {
        var results = _transaction.IsSynchronous
            ? new SqlResults(_batch.ExecuteReader(), isSynchronous: true)
            : new SqlResults(await _batch.ExecuteReaderAsync(ct).ConfigureAwait(false), isSynchronous: false);
        try
        {
            await _transaction.HearAsync(results, ct).ConfigureAwait(false);
            return results;
        }
        catch
        {
            await results.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Sends the statements, whose rows nobody needs.</summary>
    public async Task ExecuteAsync(CancellationToken ct)
    {
        if (IsEmpty)
            return;
        var results = await ReadAsync(ct).ConfigureAwait(false);
        await using (results.ConfigureAwait(false))
            await results.FinishAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Adds the statements of a script of the folder Schema.</summary>
    internal SqlBatch AddScript(string name)
    {
        foreach (var statement in _texts.Statements(name))
            AddText(statement);
        return this;
    }

    internal SqlBatch AddText(string text, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        _batch.BatchCommands.Add(command);
        return this;
    }
}
