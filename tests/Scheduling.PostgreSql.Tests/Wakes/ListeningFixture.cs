using NodaTime;
using Scheduling.Conformance;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Tests.Wakes;

/// <summary>The store with notifications on.</summary>
public sealed class ListeningFixture : StoreFixture
{
    private readonly PostgreSqlFixture _store = new() { UsesNotifications = true };

    public override StoreCapabilities Capabilities { get; } = new() { IsDurable = true, IsShared = true, AnswersAtOnce = false, SendsWakes = true, OverlapsClaims = true };

    public override StoreClock Clock => _store.Clock;

    public override Duration ClockPrecision => _store.ClockPrecision;

    public override ValueTask<ISchedulingStore> CreateStoreAsync(TimeProvider clock) => _store.CreateStoreAsync(clock);

    public override ValueTask CheckInvariantsAsync(ISchedulingStore store) => _store.CheckInvariantsAsync(store);

    public override ValueTask DisposeAsync() => _store.DisposeAsync();
}
