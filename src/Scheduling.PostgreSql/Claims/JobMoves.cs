using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Jobs;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Claims;

/// <summary>Moves of jobs that were found without a lock: locks them with what they may touch, in the order that all keep (tenants, turns, jobs), makes the moves and writes them.</summary>
internal static class JobMoves
{
    /// <summary>A job as a look without a lock found it.</summary>
    internal readonly record struct Found(JobId Job, TenantId Tenant);

    /// <summary>Locks, moves, writes and commits.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="found">The jobs.</param>
    /// <param name="move">Makes the moves; called with all that could be locked, before anything is written. May read under the locks.</param>
    /// <param name="ct">Ends the wait.</param>
    public static async Task RunAsync(StoreTransaction transaction, IReadOnlyCollection<Found> found, Func<IReadOnlyCollection<JobSlice>, SqlBatch, Task> move, CancellationToken ct)
    {
        var jobs = found.Select(static one => one.Job.Value).Distinct().ToArray();
        var tenants = found.Select(static one => one.Tenant.Value).Distinct(StringComparer.Ordinal).ToArray();
        var batch = transaction.Batch()
            .Add("lock_tenants", Param.Texts(tenants))
            .Add("lock_turns_for_results", Param.Texts(tenants), Param.Uuids(jobs));
        LockedJobs.AddTo(batch, jobs, withDefinitions: true);
        var locked = new LockedJobs(transaction.Ids);
        HashSet<TurnKey> turns;
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            await reader.NextAsync(ct).ConfigureAwait(false);
            turns = await JobLookup.ReadTurnsAsync(reader, ct).ConfigureAwait(false);
            await locked.ReadAsync(reader, withDefinitions: true, transaction.Now, ct).ConfigureAwait(false);
        }
        IReadOnlyCollection<JobSlice> slices = [.. locked.Slices.Values];
        if (slices.Any(slice => !turns.Contains(TurnOf(slice))))
            throw new MovedException();
        var writes = transaction.Batch();
        await move(slices, writes).ConfigureAwait(false);
        if (slices.Any(static slice => slice.HasNewlyReady || slice.IsDueChanged))
            transaction.NoteWork(elsewhere: true);
        SliceWriter.Add(writes, slices, transaction.Now);
        TurnWriter.Add(writes, [.. slices.Select(TurnOf).Distinct()], transaction.Now);
        await writes.Commit().ExecuteAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Reads rows of a job and its tenant.</summary>
    public static async Task<List<Found>> FindAsync(SqlBatch batch, CancellationToken ct)
    {
        var found = new List<Found>();
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                found.Add(new Found(new JobId(reader.Row.UuidAt(0)), new TenantId(reader.Row.TextAt(1))));
        }
        return found;
    }

    private static TurnKey TurnOf(JobSlice slice) => new(slice.Due.Tenant, slice.Due.Executor);
}
