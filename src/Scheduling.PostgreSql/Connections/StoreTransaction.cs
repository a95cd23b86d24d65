using System.Globalization;
using NodaTime;
using Npgsql;
using Scheduling.Storage;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Connections;

/// <summary>One transaction on one connection. It begins with the first batch, which also brings the store's now; it ends with a batch that commits, or is rolled back when its connection is given back.</summary>
internal sealed class StoreTransaction(Database database, NpgsqlConnection connection, TimeSpan limit, bool isSynchronous)
{
    private bool _hasBegun;
    private bool _hasHeard;

    /// <summary>What this process wakes for after the commit, and what others must hear of.</summary>
    public (StoreWake Here, StoreWake Elsewhere) Wakes { get; private set; }

    /// <summary>Whether it has begun and not been committed.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether every call must end before it returns, on the calling thread.</summary>
    public bool IsSynchronous => isSynchronous;

    /// <summary>The store's now, the same for the whole transaction; known after the first batch.</summary>
    public Instant Now { get; private set; }

    /// <summary>The now that tests give, for statements that are sent before the store's is known; null for the server's.</summary>
    public Instant? TestNow { get; } = database.TestNow?.Invoke();

    public ExecutionIdSource Ids => database.Ids;

    public SqlBatch Batch()
    {
        var batch = new SqlBatch(this, new NpgsqlBatch(connection) { Timeout = Math.Max(1, (int)limit.TotalSeconds) }, database.Texts);
        if (_hasBegun)
            return batch;
        _hasBegun = IsOpen = true;
        return batch
            .AddText("begin")
            .Add("begin", Param.Time(TestNow), Param.Text(((long)limit.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Notes that work may be due sooner than anybody knows. Told only when the transaction succeeds.</summary>
    /// <param name="elsewhere">Whether other processes must hear of it; a process that has looked for itself or will be told in time need not.</param>
    public void NoteWork(bool elsewhere) =>
        Wakes = (Wakes.Here | StoreWake.Work, elsewhere ? Wakes.Elsewhere | StoreWake.Work : Wakes.Elsewhere);

    /// <summary>Notes that somebody asked for the end of a running execution.</summary>
    public void NoteCancel() => Wakes = (Wakes.Here | StoreWake.Cancel, Wakes.Elsewhere | StoreWake.Cancel);

    /// <summary>A batch with the commit was sent.</summary>
    public void Committed() => IsOpen = false;

    /// <summary>Takes the store's now from the first answer.</summary>
    public async ValueTask HearAsync(SqlResults results, CancellationToken ct)
    {
        if (_hasHeard)
            return;
        _hasHeard = true;
        await results.ReadAsync(ct).ConfigureAwait(false);
        Now = results.Row.TimeAt(0);
        await results.NextAsync(ct).ConfigureAwait(false);
    }
}
