using Scheduling.Storage;

namespace Scheduling.Sqlite;

/// <summary>
/// Wakes between processes on one file. A transaction that other processes should hear of raises a number in the table wakes; each process looks, cheaply, whether anybody else has committed, and
/// only then whether a number rose. Counting only what matters keeps two idle processes from waking each other for ever.
/// </summary>
/// <remarks>Used by the writer's thread only.</remarks>
internal sealed class ForeignWakes
{
    private readonly long[] _seen = new long[3];
    private long _dataVersion;
    private StoreWake _found;

    /// <summary>Starts from what the file has now.</summary>
    public void Begin(Connection connection)
    {
        _dataVersion = connection.DataVersion();
        ReadNumbers(connection);
        _found = StoreWake.None;
    }

    /// <summary>Tells other processes what the transaction that is about to be committed gives rise to.</summary>
    public void Raise(WriteSession session)
    {
        Raise(session, StoreWake.Work);
        Raise(session, StoreWake.Cancel);
    }

    /// <summary>Looks whether another process has raised a number.</summary>
    public void Look(Connection connection)
    {
        var version = connection.DataVersion();
        if (version == _dataVersion)
            return;
        _dataVersion = version;
        ReadNumbers(connection);
    }

    public StoreWake Take()
    {
        var found = _found;
        _found = StoreWake.None;
        return found;
    }

    public void Forget() => _dataVersion = -1;

    private void Raise(WriteSession session, StoreWake wake)
    {
        if (!session.Wakes.Peek.HasFlag(wake))
            return;
        var number = session.Connection.Query("wakes_raise").Bind((long)wake).ReadSingle() ?? 0;
        if (number > _seen[(int)wake] + 1)
            _found |= wake;
        _seen[(int)wake] = number;
    }

    private void ReadNumbers(Connection connection)
    {
        var query = connection.Query("wakes_read");
        while (query.Read())
        {
            var (kind, number) = ((int)query.NextLong(), query.NextLong());
            if (number > _seen[kind])
                _found |= (StoreWake)kind;
            _seen[kind] = number;
        }
    }
}
