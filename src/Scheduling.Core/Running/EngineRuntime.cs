using System.Diagnostics.CodeAnalysis;

namespace Scheduling.Running;

/// <summary>
/// What an engine takes from its process: threads and chance. The default takes the thread pool and <see cref="System.Random.Shared"/>; a harness on virtual time brings its own, so that one
/// thread does everything in an order that can be repeated.
/// </summary>
/// <remarks>Thread-safe, and so must be what derives from it. Members are called without any lock held.</remarks>
[Experimental("SCHED0001")]
public class EngineRuntime
{
    /// <summary>The thread pool and <see cref="System.Random.Shared"/>.</summary>
    public static EngineRuntime Default { get; } = new();

    /// <summary>Draws the jitter of retries. Must be thread-safe, as <see cref="System.Random.Shared"/> is.</summary>
    public virtual Random Random => Random.Shared;

    /// <summary>How many runs one queued item may begin before it gives its thread back, at least 1. Default 256: enough to make an item cheap, few enough not to crowd out the rest of the program.</summary>
    public virtual int RunsPerItem => 256;

    /// <summary>Queues work that begins claimed runs; user code runs inside it.</summary>
    /// <param name="item">The work; to be executed once, soon, and not by the caller.</param>
    public virtual void Queue(IThreadPoolWorkItem item) => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);

    /// <summary>Fires the token of a run where a blocking callback of user code holds up nobody.</summary>
    /// <param name="source">The run's token source.</param>
    /// <returns>Ends when the callbacks have; fails with what they threw.</returns>
    public virtual Task CancelAsync(CancellationTokenSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.CancelAsync();
    }

    /// <summary>Makes what a sleeping engine waits for. Whoever wakes it may be a run or a store: the engine must not go on on their thread, unless one thread does everything.</summary>
    /// <returns>The source whose task the engine awaits.</returns>
    public virtual TaskCompletionSource CreateSleeper() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
