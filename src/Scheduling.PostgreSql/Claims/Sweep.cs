using NodaTime;
using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage;

namespace Scheduling.PostgreSql.Claims;

/// <summary>One round of housekeeping: a look at what there is to do, mostly nothing, then each duty in a transaction of its own, limited in size. Safe on every node at once.</summary>
internal sealed class Sweep(Database database, SweepRequest request)
{
    private readonly List<FaultedJob> _parked = [];
    private Instant _now;
    private Orphans.Taken _orphans;
    private int _purged;
    private int _removed;
    private bool _hasMore;

    public async ValueTask<SweepResponse> RunAsync(CancellationToken ct)
    {
        var zones = new ZoneWalking(request);
        var look = await database.RunAsync((transaction, token) => SweepLook.ReadAsync(transaction, request, zones, token), ct).ConfigureAwait(false);
        _now = look.Now;
        if (request.ReclaimsOrphans && look.HasOrphans)
            _orphans = await database.RunAsync(ReclaimAsync, ct).ConfigureAwait(false);
        if (request is { ReclaimsOrphans: true, ParksJobs: true } && look.HasUnresolved)
            await database.RunAsync(ParkAsync, ct).ConfigureAwait(false);
        if (look.HasIdle)
            await database.RunAsync(RemoveCompletedAsync, ct).ConfigureAwait(false);
        if (look.HasIdle || look.HasTombstones)
            await database.RunAsync(ClearTombstonesAsync, ct).ConfigureAwait(false);
        if (look.HasOld)
            await database.RunAsync(PurgeAsync, ct).ConfigureAwait(false);
        if (look.HasZones)
            await database.RunAsync(zones.RunAsync, ct).ConfigureAwait(false);
        return new SweepResponse
        {
            StoreNow = _now,
            Reclaimed = _orphans.Reclaimed,
            Abandoned = _orphans.Abandoned,
            Purged = _purged,
            RemovedJobs = _removed,
            Parked = _parked,
            Zones = request.Planner.Zones.VersionId,
            ZonesBefore = zones.Before,
            NewerZones = zones.Newer,
            Revised = zones.Revised,
            HasMore = _hasMore || _orphans.HasMore || zones.HasMore,
        };
    }

    private async Task<Orphans.Taken> ReclaimAsync(StoreTransaction transaction, CancellationToken ct)
    {
        var taken = await Orphans.ReclaimAsync(transaction, request.Owner, request.ClockBound, request.BatchSize, ct).ConfigureAwait(false);
        _now = transaction.Now;
        return taken;
    }

    private async Task ParkAsync(StoreTransaction transaction, CancellationToken ct)
    {
        var now = transaction.TestNow;
        var batch = transaction.Batch().Add(
            "find_unresolved", Param.Time(now), Param.Long(ProcessLease.MicrosecondsOf(request.ParkAfter)), Param.Uuid(request.Owner.Value), Param.Int(request.BatchSize));
        var found = await JobMoves.FindAsync(batch, ct).ConfigureAwait(false);
        if (found.Count == 0 || transaction.Now > request.ClockBound)
            return;
        var bound = transaction.Now - request.ParkAfter;
        await JobMoves.RunAsync(
            transaction,
            found,
            (slices, _) =>
            {
                _parked.Clear();
                foreach (var slice in slices.Where(slice => slice.Due.Pause is null && slice.Due.DueAt <= bound))
                    _parked.Add(new FaultedJob(slice.Due.Tenant, slice.Due.Id, slice.Park(transaction.Now)));
                return Task.CompletedTask;
            },
            ct).ConfigureAwait(false);
        _hasMore |= found.Count >= request.BatchSize;
    }

    /// <summary>Forgets absent processes, and makes tombstones of completed jobs whose last row is as old as any that goes.</summary>
    private async Task RemoveCompletedAsync(StoreTransaction transaction, CancellationToken ct)
    {
        var batch = transaction.Batch().Add("find_idle", Param.Time(transaction.TestNow), Param.Long(ProcessLease.MicrosecondsOf(request.Retention)), Param.Int(request.BatchSize));
        var found = await JobMoves.FindAsync(batch, ct).ConfigureAwait(false);
        _now = transaction.Now;
        if (found.Count == 0)
            return;
        await JobMoves.RunAsync(
            transaction,
            found,
            (slices, writes) =>
            {
                var gone = slices.Where(static slice => slice.Due is { State: JobState.Completed, Open: 0, IsDeleted: false }).ToList();
                foreach (var slice in gone)
                    slice.Delete(overdue: null, transaction.Now);
                writes.Add("delete_job", Param.Uuids(gone.Select(static slice => slice.Due.Id.Value)), Param.Time(transaction.Now));
                return Task.CompletedTask;
            },
            ct).ConfigureAwait(false);
        _hasMore |= found.Count == request.BatchSize;
    }

    private async Task ClearTombstonesAsync(StoreTransaction transaction, CancellationToken ct)
    {
        var cleared = await Tombstones.ClearAsync(transaction, request.BatchSize, ct).ConfigureAwait(false);
        (_purged, _removed) = (cleared.Executions, cleared.Jobs);
        _hasMore |= cleared.HasMore;
    }

    private async Task PurgeAsync(StoreTransaction transaction, CancellationToken ct)
    {
        var batch = transaction.Batch()
            .Add("purge", Param.Time(transaction.TestNow), Param.Long(ProcessLease.MicrosecondsOf(request.Retention)), Param.Int(request.BatchSize));
        if (request.ReclaimsOrphans)
            batch.Add("delete_absent_processes", Param.Time(transaction.TestNow), Param.Long(ProcessLease.MicrosecondsOf(request.ParkAfter)), Param.Uuid(request.Owner.Value));
        batch.Add("purge_pauses", Param.Time(transaction.TestNow), Param.Long(ProcessLease.MicrosecondsOf(request.Retention)), Param.Int(request.BatchSize));
        var (purged, _) = await CountsAsync(batch.Commit(), ct).ConfigureAwait(false);
        _purged += purged;
        _hasMore |= purged == request.BatchSize;
    }

    private static async Task<(int First, int Second)> CountsAsync(SqlBatch batch, CancellationToken ct)
    {
        var counts = new List<int>();
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            do
            {
                while (await reader.ReadAsync(ct).ConfigureAwait(false))
                    counts.Add(reader.Row.IntAt(0));
            }
            while (await reader.NextAsync(ct).ConfigureAwait(false));
        }
        return (counts[0], counts.Count > 1 ? counts[1] : 0);
    }
}
