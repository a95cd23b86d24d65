namespace Scheduling.Sqlite;

/// <summary>An operation with a result.</summary>
internal sealed class WriteOperation<T>(Func<WriteSession, T> work, CancellationToken cancellation) : WriteOperation(cancellation)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _cancellation = cancellation;
    private T? _result;

    public Task<T> Task => _done.Task;

    public override void Execute(WriteSession session) => _result = work(session);

    public override void Complete() => _done.TrySetResult(_result!);

    public override void Fail(Exception error) => _done.TrySetException(error);

    public override void Cancel() => _done.TrySetCanceled(_cancellation);
}
