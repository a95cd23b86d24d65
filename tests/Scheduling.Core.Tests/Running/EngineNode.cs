using NodaTime;
using Scheduling.Running;

namespace Scheduling.Tests.Running;

/// <summary>An engine in a harness: alive until the test kills it.</summary>
internal sealed class EngineNode(SchedulerEngine engine, RecordedEvents events)
{
    public SchedulerEngine Engine { get; } = engine;

    public RecordedEvents Events { get; } = events;

    public bool IsAlive { get; set; } = true;

    public Duration LastWait { get; private set; }

    public async Task<TickResult> TickAsync()
    {
        var tick = await Engine.TickAsync();
        LastWait = tick.Wait;
        return tick;
    }
}
