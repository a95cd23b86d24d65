namespace Scheduling.Sqlite;

/// <summary>A read with a result.</summary>
internal sealed class ReadOperation<T>(Func<ReadSession, T> work, CancellationToken cancellation) : ReadOperation
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _done.Task;

    public override bool IsAbandoned => cancellation.IsCancellationRequested;

    public override void Execute(ReadSession session) => _result = work(session);

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(Exception error) => _done.TrySetException(error);
}
