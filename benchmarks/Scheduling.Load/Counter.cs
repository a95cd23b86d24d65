namespace Scheduling.Load;

/// <summary>Counts runs and tells when all are done.</summary>
internal sealed class Counter(int expected)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public Task Done => _done.Task;

    public void Increment()
    {
        if (Interlocked.Increment(ref _count) == expected)
            _done.SetResult();
    }
}
