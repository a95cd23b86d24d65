using System.Collections.Concurrent;

namespace Scheduling.Hosting.Tests;

/// <summary>Keeps what an observer hears, in order; may be told to do something else first.</summary>
internal sealed class RecordingObserver(Func<CancellationToken, ValueTask>? first = null) : IExecutionObserver
{
    private readonly ConcurrentQueue<object> _heard = new();

    public IReadOnlyList<object> Heard => [.. _heard];

    public IReadOnlyList<SettledExecution> Settled => [.. _heard.OfType<SettledExecution>()];

    public async ValueTask StartedAsync(StartedExecution execution, CancellationToken ct)
    {
        if (first is not null)
            await first(ct);
        _heard.Enqueue(execution);
    }

    public async ValueTask SettledAsync(SettledExecution execution, CancellationToken ct)
    {
        if (first is not null)
            await first(ct);
        _heard.Enqueue(execution);
    }
}
