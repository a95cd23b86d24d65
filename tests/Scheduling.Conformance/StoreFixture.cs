using NodaTime;
using Scheduling.Storage;

namespace Scheduling.Conformance;

/// <summary>What a store must answer before the suite can run against it. One instance serves one test.</summary>
public abstract class StoreFixture : IAsyncDisposable
{
    /// <summary>What the store must say it can do.</summary>
    public abstract StoreCapabilities Capabilities { get; }

    /// <summary>Whose clock the store decides by in production.</summary>
    public abstract StoreClock Clock { get; }

    /// <summary>The shortest time the store tells apart, such as a microsecond.</summary>
    public abstract Duration ClockPrecision { get; }

    /// <summary>Makes an empty store, ready for use, whose now is that of the clock.</summary>
    public abstract ValueTask<ISchedulingStore> CreateStoreAsync(TimeProvider clock);

    /// <summary>Checks what the public interfaces cannot show (design section 6): all due work has a turn unless held or paused, what runs has a process row, counters equal their rows. Called after every test.</summary>
    public abstract ValueTask CheckInvariantsAsync(ISchedulingStore store);

    /// <summary>Removes the store and what it left behind.</summary>
    public abstract ValueTask DisposeAsync();
}
