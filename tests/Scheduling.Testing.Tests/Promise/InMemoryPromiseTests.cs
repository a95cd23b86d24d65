using NodaTime;
using Scheduling.Conformance;
using Scheduling.Promise;
using Scheduling.Storage;

namespace Scheduling.Testing.Tests.Promise;

/// <summary>The promise on the store in memory.</summary>
public sealed class InMemoryPromiseTests : PromiseTests<InMemoryPromiseTests.Store>
{
    /// <summary>The store in memory; its own invariants are checked by its conformance tests.</summary>
    public sealed class Store : StoreFixture
    {
        public override StoreCapabilities Capabilities { get; } = new() { SendsWakes = true };

        public override StoreClock Clock => StoreClock.Process;

        public override Duration ClockPrecision { get; } = Duration.FromTicks(1);

        public override ValueTask<ISchedulingStore> CreateStoreAsync(TimeProvider clock) => ValueTask.FromResult<ISchedulingStore>(new InMemoryStore(clock));

        public override ValueTask CheckInvariantsAsync(ISchedulingStore store) => ValueTask.CompletedTask;

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
