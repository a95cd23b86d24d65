using Scheduling.Running;

namespace Scheduling.Testing;

/// <summary>Gives an engine the one thread of the harness, and its chance.</summary>
internal sealed class NodeRuntime(Random random, Action<IThreadPoolWorkItem> queue) : EngineRuntime
{
    public override Random Random => random;

    /// <summary>One, so that each run comes to rest before the next begins.</summary>
    public override int RunsPerItem => 1;

    public override void Queue(IThreadPoolWorkItem item) => queue(item);

    public override Task CancelAsync(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
            return Task.CompletedTask;
        }
        catch (AggregateException callbacks)
        {
            return Task.FromException(callbacks);
        }
    }

    public override TaskCompletionSource CreateSleeper() => new();
}
