using NodaTime;
using Npgsql;
using Scheduling.Conformance;
using Scheduling.PostgreSql.Connections;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Tests;

/// <summary>The PostgreSQL store in the conformance suite: a schema for each test, the test's clock in every statement.</summary>
public sealed class PostgreSqlFixture : StoreFixture
{
    private readonly string _schema = Cluster.NewSchema();
    private PostgreSqlStore? _store;

    /// <summary>Whether notifications are on.</summary>
    public bool UsesNotifications { get; init; }

    public override StoreCapabilities Capabilities { get; } = new() { IsDurable = true, IsShared = true, AnswersAtOnce = false, SendsWakes = false, OverlapsClaims = true };

    public override StoreClock Clock => StoreClock.DatabaseServer;

    public override Duration ClockPrecision { get; } = Duration.FromNanoseconds(1_000);

    public override ValueTask<ISchedulingStore> CreateStoreAsync(TimeProvider clock)
    {
        _store = new PostgreSqlStore(
        Cluster.Source,
        new PostgreSqlStoreOptions { Schema = _schema, CommandTimeout = TimeSpan.FromSeconds(60), UseNotifications = UsesNotifications },
        () => Instant.FromDateTimeOffset(clock.GetUtcNow()),
        ownsSource: false);
        return ValueTask.FromResult<ISchedulingStore>(_store);
    }

    public override async ValueTask CheckInvariantsAsync(ISchedulingStore store) => await Invariants.CheckAsync(Cluster.Source, _schema);

    public override async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        await using var drop = Cluster.Source.CreateCommand($"drop schema if exists {SqlTexts.Quote(_schema)} cascade");
        await drop.ExecuteNonQueryAsync();
    }
}
