using NodaTime;
using Scheduling.PostgreSql.Connections;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Claims;

/// <summary>Which duties of a sweep have anything to do, asked in one transaction without a lock: where nothing happens, that is all that a sweep costs.</summary>
internal sealed record SweepLook
{
    public required Instant Now { get; init; }

    public bool HasOrphans { get; private init; }

    public bool HasUnresolved { get; private init; }

    public bool HasIdle { get; private init; }

    public bool HasTombstones { get; private init; }

    /// <summary>Whether rows of the history, pauses or absent processes are too old.</summary>
    public bool HasOld { get; private init; }

    public bool HasZones { get; private init; }

    public static async Task<SweepLook> ReadAsync(StoreTransaction transaction, SweepRequest request, ZoneWalking zones, CancellationToken ct)
    {
        var (now, owner) = (transaction.TestNow, request.Owner.Value);
        var (retention, parkAfter) = (ProcessLease.MicrosecondsOf(request.Retention), ProcessLease.MicrosecondsOf(request.ParkAfter));
        var reader = await transaction.Batch()
            .Add("find_orphans", Param.Time(now), Param.Uuid(owner), Param.Int(1))
            .Add("find_unresolved", Param.Time(now), Param.Long(parkAfter), Param.Uuid(owner), Param.Int(1))
            .Add("find_idle", Param.Time(now), Param.Long(retention), Param.Int(1))
            .Add("find_tombstones", Param.Int(1))
            .Add("has_old", Param.Time(now), Param.Long(retention), Param.Long(parkAfter), Param.Uuid(owner))
            .Add("read_zones")
            .Commit()
            .ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var look = new SweepLook
            {
                Now = transaction.Now,
                HasOrphans = await HasRowAsync(reader, ct).ConfigureAwait(false),
                HasUnresolved = await HasRowAsync(reader, ct).ConfigureAwait(false),
                HasIdle = await HasRowAsync(reader, ct).ConfigureAwait(false),
                HasTombstones = await HasRowAsync(reader, ct).ConfigureAwait(false),
                HasOld = await reader.ReadAsync(ct).ConfigureAwait(false) && reader.Row.BoolAt(0),
            };
            await reader.NextAsync(ct).ConfigureAwait(false);
            look = look with { HasZones = zones.HasWork(await ZoneWalking.ReadAsync(reader, ct).ConfigureAwait(false), transaction.Now) };

            // The commit has no rows, and an error of it would be thrown here.
            await reader.NextAsync(ct).ConfigureAwait(false);
            return look;
        }
    }

    private static async Task<bool> HasRowAsync(SqlResults reader, CancellationToken ct)
    {
        var has = await reader.ReadAsync(ct).ConfigureAwait(false);
        await reader.NextAsync(ct).ConfigureAwait(false);
        return has;
    }
}
