namespace Scheduling.Sqlite;

/// <summary>Something to read, and who waits for it.</summary>
internal abstract class ReadOperation
{
    public abstract bool IsAbandoned { get; }

    /// <summary>Reads inside the reader's transaction.</summary>
    public abstract void Execute(ReadSession session);

    public abstract void Complete();

    public abstract void Fail(Exception error);
}
