using System.Collections.Concurrent;
using System.Diagnostics;

namespace Scheduling.Hosting.Tests;

/// <summary>Keeps every ended span of the source "Scheduling", of all hosts: a test picks its own by the execution.</summary>
internal sealed class SpanReader : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public SpanReader()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == RunTracing.SourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> Ended => [.. _ended];

    public void Dispose() => _listener.Dispose();
}
