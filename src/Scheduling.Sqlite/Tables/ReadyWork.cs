namespace Scheduling.Sqlite;

/// <summary>Whether any execution of the whole file is ready to start: mostly none is, as what is due starts at once, and then no turn need be asked for its own. Needs an open transaction.</summary>
internal sealed class ReadyWork(Connection connection)
{
    private bool? _any;

    /// <summary>Read once for an operation. It may say yes when the last one has just started, never no when there is one.</summary>
    public bool Any => _any ??= connection.Query("runs_any_ready").ReadSingle() is not null;

    /// <summary>The operation has made one ready.</summary>
    public void Note() => _any = true;

    /// <summary>Forgets what was read: the operation has ended.</summary>
    public void Forget() => _any = null;
}
