using NodaTime;
using Scheduling.Conformance;
using Scheduling.Storage;

namespace Scheduling.Core.Tests.Storage;

/// <summary>The in-memory store in the conformance suite.</summary>
public sealed class InMemoryFixture : StoreFixture
{
    public override StoreCapabilities Capabilities { get; } = new() { IsDurable = false, IsShared = false, AnswersAtOnce = true, SendsWakes = true };

    public override StoreClock Clock => StoreClock.Process;

    public override Duration ClockPrecision { get; } = Duration.FromTicks(1);

    public override ValueTask<ISchedulingStore> CreateStoreAsync(TimeProvider clock) => ValueTask.FromResult<ISchedulingStore>(new InMemoryStore(clock));

    public override ValueTask CheckInvariantsAsync(ISchedulingStore store)
    {
        MemoryInvariants.Check(((InMemoryStore)store).State);
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
