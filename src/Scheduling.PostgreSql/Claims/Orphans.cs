using NodaTime;
using Npgsql;
using Scheduling.PostgreSql.Connections;
using Scheduling.PostgreSql.Rows;
using Scheduling.Storage.Rows;

namespace Scheduling.PostgreSql.Claims;

/// <summary>Takes back what lost and leaving processes had.</summary>
internal static class Orphans
{
    /// <summary>What was done in one transaction.</summary>
    internal readonly record struct Taken(int Reclaimed, int Abandoned, bool HasMore);

    /// <summary>Takes back executions of processes whose lease has ended.</summary>
    public static async Task<Taken> ReclaimAsync(StoreTransaction transaction, OwnerId sweeper, Instant? clockBound, int most, CancellationToken ct)
    {
        var found = await FindAsync(transaction.Batch().Add("find_orphans", Param.Time(transaction.TestNow), Param.Uuid(sweeper.Value), Param.Int(most + 1)), ct).ConfigureAwait(false);
        if (found.Count == 0 || transaction.Now > clockBound)
            return default;
        var some = found.Take(most).ToList();
        var owners = some.Select(static one => one.Owner.Value).Distinct().ToArray();
        return await TakeAsync(transaction, some, slices => LostAsync(transaction, owners, ct), found.Count > most, ct).ConfigureAwait(false);
    }

    /// <summary>Takes back executions of a process that gives up its lease; with the last of them its row goes.</summary>
    public static async Task<Taken> LeaveAsync(StoreTransaction transaction, OwnerId owner, int most, CancellationToken ct)
    {
        var found = await FindAsync(transaction.Batch().Add("find_runs_of_process", Param.Uuid(owner.Value), Param.Int(most + 1)), ct).ConfigureAwait(false);
        if (found.Count == 0)
        {
            await transaction.Batch().Add("delete_process", Param.Uuid(owner.Value)).Commit().ExecuteAsync(ct).ConfigureAwait(false);
            return default;
        }
        var taken = await TakeAsync(transaction, [.. found.Take(most)], _ => Task.FromResult<HashSet<OwnerId>>([owner]), hasMore: true, ct).ConfigureAwait(false);
        return taken;
    }

    private static async Task<Taken> TakeAsync(StoreTransaction transaction, List<Candidate> found, Func<IReadOnlyCollection<JobSlice>, Task<HashSet<OwnerId>>> lost, bool hasMore, CancellationToken ct)
    {
        var taken = default(Taken);
        await JobMoves.RunAsync(
            transaction,
            [.. found.Select(static one => one.Job)],
            async (slices, _) =>
            {
                var owners = await lost(slices).ConfigureAwait(false);
                var runs = found.Select(static one => one.Run).ToHashSet();
                taken = new Taken(0, 0, hasMore);
                foreach (var slice in slices)
                {
                    foreach (var run in slice.Open.Where(run => runs.Contains(run.Id) && run.Status == ExecutionStatus.Running && run.Owner is { } owner && owners.Contains(owner)).ToList())
                        taken = slice.Orphan(run, transaction.Now) ? taken with { Reclaimed = taken.Reclaimed + 1 } : taken with { Abandoned = taken.Abandoned + 1 };
                }
            },
            ct).ConfigureAwait(false);
        return taken;
    }

    /// <summary>Which processes are lost still, under their locks: one may have come back since the look.</summary>
    private static async Task<HashSet<OwnerId>> LostAsync(StoreTransaction transaction, Guid[] owners, CancellationToken ct)
    {
        var lost = new HashSet<OwnerId>();
        var reader = await transaction.Batch().Add("lock_lost_processes", Param.Uuids(owners), Param.Time(transaction.Now)).ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                lost.Add(new OwnerId(reader.Row.UuidAt(0)));
        }
        return lost;
    }

    private static async Task<List<Candidate>> FindAsync(SqlBatch batch, CancellationToken ct)
    {
        var found = new List<Candidate>();
        var reader = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            while (await reader.ReadAsync(ct).ConfigureAwait(false))
                found.Add(Read(reader));
        }
        return found;
    }

    private static Candidate Read(SqlResults reader) => new(
        new JobMoves.Found(new JobId(reader.Row.UuidAt(0)), new TenantId(reader.Row.TextAt(1))),
        new OwnerId(reader.Row.UuidAt(2)),
        new ExecutionId(reader.Row.UuidAt(3)));

    private readonly record struct Candidate(JobMoves.Found Job, OwnerId Owner, ExecutionId Run);
}
