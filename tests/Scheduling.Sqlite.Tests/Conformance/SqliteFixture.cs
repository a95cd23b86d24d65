using NodaTime;
using Scheduling.Conformance;
using Scheduling.Storage;

namespace Scheduling.Sqlite.Tests;

/// <summary>The SQLite store in the conformance suite, each test on a file of its own.</summary>
public sealed class SqliteFixture : StoreFixture
{
    private readonly TemporaryFile _file = new();
    private SqliteStore? _store;
    private TimeProvider? _clock;

    public override StoreCapabilities Capabilities { get; } = new() { IsDurable = true, IsShared = true, AnswersAtOnce = false, SendsWakes = true };

    public override StoreClock Clock => StoreClock.Process;

    public override Duration ClockPrecision { get; } = Duration.FromTicks(1);

    public override ValueTask<ISchedulingStore> CreateStoreAsync(TimeProvider clock)
    {
        (_clock, _store) = (clock, new SqliteStore(_file.ConnectionString, time: clock));
        return ValueTask.FromResult<ISchedulingStore>(_store);
    }

    public override ValueTask CheckInvariantsAsync(ISchedulingStore store)
    {
        SqliteInvariants.Check(_file.Path, Instant.FromDateTimeOffset(_clock!.GetUtcNow()));
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        _file.Dispose();
    }
}
