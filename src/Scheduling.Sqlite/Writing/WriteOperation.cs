namespace Scheduling.Sqlite;

/// <summary>Something to do in the writer's transaction, and who waits for it.</summary>
internal abstract class WriteOperation(CancellationToken cancellation)
{
    /// <summary>Whether nobody waits for it any more. One that has begun is finished all the same.</summary>
    public bool IsAbandoned => cancellation.IsCancellationRequested;

    /// <summary>Does it and keeps its result.</summary>
    public abstract void Execute(WriteSession session);

    /// <summary>Tells its caller the result, after the commit.</summary>
    public abstract void Complete();

    /// <summary>Tells its caller that nothing of it was kept.</summary>
    public abstract void Fail(Exception error);

    /// <summary>Tells its caller that it was not begun.</summary>
    public abstract void Cancel();
}
