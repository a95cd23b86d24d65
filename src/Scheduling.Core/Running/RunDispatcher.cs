using System.Collections.Concurrent;

namespace Scheduling.Running;

/// <summary>
/// A queue of runs that pool threads drain: one pool item starts a worker, not a run, and a worker asks for the next before it enters user code, so that a run that blocks its thread holds up no other.
/// Each run gets a clean execution context: nothing flows from one to the next.
/// </summary>
internal sealed class RunDispatcher(Action<ActiveRun> invoke, EngineRuntime runtime) : IThreadPoolWorkItem
{
    private readonly int _mostRunsOfWorker = runtime.RunsPerItem;
    private readonly ConcurrentQueue<ActiveRun> _queue = new();
    private readonly ContextCallback _invoke = state => invoke((ActiveRun)state!);
    private int _isWorkerAskedFor;

    public void Dispatch(List<ActiveRun> runs)
    {
        foreach (var run in runs)
            _queue.Enqueue(run);
        AskForWorker();
    }

    void IThreadPoolWorkItem.Execute()
    {
        Interlocked.Exchange(ref _isWorkerAskedFor, 0);
        var clean = ExecutionContext.Capture();
        for (var count = 0; count < _mostRunsOfWorker && _queue.TryDequeue(out var run); count++)
        {
            AskForWorker();
            if (clean is null)
                _invoke(run);
            else
                ExecutionContext.Run(clean, _invoke, run);
        }
        AskForWorker();
    }

    private void AskForWorker()
    {
        Interlocked.MemoryBarrier();
        if (!_queue.IsEmpty && Volatile.Read(ref _isWorkerAskedFor) == 0 && Interlocked.Exchange(ref _isWorkerAskedFor, 1) == 0)
            runtime.Queue(this);
    }
}
